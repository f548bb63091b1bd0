using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ControlPlane.Architecture.Tests;

/// <summary>
/// Reads from an assembly's metadata and IL which type uses which: bases, interfaces, fields, signatures, attributes and every token of a method body.
/// Constants leave no trace in IL; the text scan beside it finds those.
/// </summary>
internal sealed class AssemblyArrows
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly MetadataReader _metadata;
    private readonly PEReader _file;
    private readonly TypeNames _names;

    private AssemblyArrows(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _names = new TypeNames(_metadata);
    }

    public static IReadOnlySet<Arrow> Read(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        return new AssemblyArrows(file).Read();
    }

    private HashSet<Arrow> Read()
    {
        var arrows = new HashSet<Arrow>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var from = _names.Outermost(handle);
            foreach (var to in Used(_metadata.GetTypeDefinition(handle)).Where(to => to != from)) arrows.Add(new Arrow(from, to));
        }

        return arrows;
    }

    private IEnumerable<string> Used(TypeDefinition type) =>
    [
        .. _names.Of(type.BaseType),
        .. type.GetInterfaceImplementations().SelectMany(handle => _names.Of(_metadata.GetInterfaceImplementation(handle).Interface)),
        .. Attributes(type.GetCustomAttributes()),
        .. type.GetFields().Select(_metadata.GetFieldDefinition).SelectMany(field => field.DecodeSignature(_names, null).Concat(Attributes(field.GetCustomAttributes()))),
        .. type.GetMethods().Select(_metadata.GetMethodDefinition).SelectMany(Used),
    ];

    private IEnumerable<string> Used(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_names, null);
        var used = signature.ReturnType.Concat(signature.ParameterTypes.SelectMany(names => names)).Concat(Attributes(method.GetCustomAttributes()));
        if (method.RelativeVirtualAddress == 0) return used;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil ? [] : _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(names => names);
        return used.Concat(locals).Concat(Tokens(body.GetILBytes() ?? []).SelectMany(_names.Of));
    }

    private IEnumerable<string> Attributes(CustomAttributeHandleCollection handles) => handles.SelectMany(handle => _names.Of(_metadata.GetCustomAttribute(handle).Constructor));

    private static IEnumerable<EntityHandle> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = unchecked((short)(0xFE00 | code[at++]));
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at));
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
