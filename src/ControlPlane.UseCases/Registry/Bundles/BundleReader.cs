using ControlPlane.Domain.Registry.Triton;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>Sees what kind of bundle it is.</summary>
[UseCasePart]
internal sealed class BundleReader(OwnBundle own, MlflowBundle mlflow, TritonBundle triton)
{
    public Task<BundleParts> Read(BundleContent bundle, CancellationToken cancellationToken)
    {
        if (bundle.Has(MlflowModel.File) && bundle.Has(TritonConfigReader.Path))
            throw RefusedException.Invalid("bundle", $"holds {MlflowModel.File} and {TritonConfigReader.Path}; it is one or the other");
        return bundle.Has(MlflowModel.File) ? mlflow.Read(bundle, cancellationToken)
            : bundle.Has(TritonConfigReader.Path) ? triton.Read(bundle, cancellationToken)
            : bundle.Has(OwnBundle.Model) ? own.Read(bundle, cancellationToken)
            : throw RefusedException.Invalid("bundle", $"holds none of {OwnBundle.Model}, {MlflowModel.File} and {TritonConfigReader.Path}, at its top or in one folder that holds everything");
    }
}
