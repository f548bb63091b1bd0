using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.Web.Registry;
using MediatR;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace ControlPlane.Web.Contracts;

/// <summary>The files of a draft beside its contract, replaced or left out.</summary>
public sealed partial class DraftPage
{
    private const long GoldenBytes = 32L * 1024 * 1024;

    // These bytes pass through the circuit; a larger reference goes the way of programs.
    private const long ReferenceBytes = 64L * 1024 * 1024;

    private RefusedException? _fileRefused;

    private Task SetGolden(IBrowserFile? file) => SetFile("golden", file, GoldenBytes, async stream =>
        new SetDraftGolden(Model, Id, _draft!.Stamp, stream is null ? null : await PartText.Read("golden", stream, CancellationToken.None), PartText.IsCsv(null, file?.Name)));

    private Task SetBaseline(IBrowserFile? file) => SetFile("baseline", file, ReferenceBytes, stream =>
        Task.FromResult<IRequest<DraftView>>(new SetDraftBaseline(Model, Id, _draft!.Stamp, stream)));

    private async Task SetFile(string part, IBrowserFile? file, long mostBytes, Func<Stream?, Task<IRequest<DraftView>>> change)
    {
        if (_isActing) return;
        (_isActing, _fileRefused) = (true, null);
        try
        {
            // The file is read by the contract as it stands here, so that is kept first.
            await Fetch();
            if (IsChanged && !await Save(null)) return;
            if (file is not null && file.Size > mostBytes)
                throw new RefusedException(RefusalKind.TooLarge, $"{part}: may have at most {mostBytes / (1024 * 1024)} MB on this page.");
            await using var stream = file?.OpenReadStream(mostBytes);
            _draft = await Sender.Send(await change(stream));
            await Check();
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Conflict)
        {
            _conflict = refusal.Message;
        }
        catch (RefusedException refusal)
        {
            _fileRefused = refusal;
        }
        catch (Exception fault) when (fault is IOException or JSException)
        {
            _fileRefused = RefusedException.Invalid(part, "could not be read by the browser; choose the file again");
        }
        finally
        {
            _isActing = false;
        }

        // What was typed meanwhile had to wait.
        await SaveQuietly();
    }
}
