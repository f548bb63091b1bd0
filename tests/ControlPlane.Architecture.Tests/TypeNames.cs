using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ControlPlane.Architecture.Tests;

/// <summary>Full names of the outermost types that a metadata handle or a signature mentions.</summary>
internal sealed class TypeNames(MetadataReader metadata) : ISignatureTypeProvider<IEnumerable<string>, object?>
{
    public IEnumerable<string> Of(EntityHandle handle) => handle.Kind switch
    {
        _ when handle.IsNil => [],
        HandleKind.TypeDefinition => [Outermost((TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [Outermost((TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        HandleKind.MethodDefinition => [Outermost(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())],
        HandleKind.FieldDefinition => [Outermost(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())],
        HandleKind.MemberReference => Of(metadata.GetMemberReference((MemberReferenceHandle)handle)),
        HandleKind.MethodSpecification => Of(metadata.GetMethodSpecification((MethodSpecificationHandle)handle)),
        _ => [],
    };

    public string Outermost(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } declaring ? Outermost(declaring) : Full(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private string Outermost(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Outermost((TypeReferenceHandle)type.ResolutionScope)
            : Full(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private IEnumerable<string> Of(MemberReference member)
    {
        var signature = member.GetKind() == MemberReferenceKind.Field
            ? member.DecodeFieldSignature(this, null)
            : member.DecodeMethodSignature(this, null) is var method ? method.ReturnType.Concat(method.ParameterTypes.SelectMany(names => names)) : [];
        return Of(member.Parent).Concat(signature);
    }

    private IEnumerable<string> Of(MethodSpecification method) => Of(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(names => names));

    private static string Full(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

    public IEnumerable<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [Outermost(handle)];

    public IEnumerable<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [Outermost(handle)];

    public IEnumerable<string> GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public IEnumerable<string> GetGenericInstantiation(IEnumerable<string> genericType, ImmutableArray<IEnumerable<string>> typeArguments) =>
        genericType.Concat(typeArguments.SelectMany(names => names));

    public IEnumerable<string> GetFunctionPointerType(MethodSignature<IEnumerable<string>> signature) =>
        signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(names => names));

    public IEnumerable<string> GetModifiedType(IEnumerable<string> modifier, IEnumerable<string> unmodifiedType, bool isRequired) => modifier.Concat(unmodifiedType);

    public IEnumerable<string> GetArrayType(IEnumerable<string> elementType, ArrayShape shape) => elementType;

    public IEnumerable<string> GetByReferenceType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetPinnedType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetPointerType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetSZArrayType(IEnumerable<string> elementType) => elementType;

    public IEnumerable<string> GetGenericMethodParameter(object? context, int index) => [];

    public IEnumerable<string> GetGenericTypeParameter(object? context, int index) => [];

    public IEnumerable<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];
}
