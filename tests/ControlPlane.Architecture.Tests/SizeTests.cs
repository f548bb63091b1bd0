using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ControlPlane.Architecture.Tests;

/// <summary>The ceilings of sizes: what grows past them is to be cut by what it does, not folded up.</summary>
public sealed class SizeTests
{
    [Fact]
    public void Source_files_stay_under_250_lines() => Assert.Empty(LongFiles(Sources(), 250));

    [Fact]
    public void Test_files_stay_under_350_lines() => Assert.Empty(LongFiles(Repository.Files("tests", ".cs"), 350));

    [Fact]
    public void Razor_files_stay_under_200_lines() => Assert.Empty(LongFiles(Repository.Files("src", ".razor"), 200));

    [Fact]
    public void Program_files_stay_under_40_lines() => Assert.Empty(LongFiles(Repository.Files("src", "Program.cs").Where(path => Path.GetFileName(path) == "Program.cs"), 40));

    [Fact]
    public void Methods_stay_under_50_lines() => Assert.Empty(Sources().SelectMany(path => LongMethods(path, File.ReadAllText(path), 50)));

    [Fact]
    public void Tests_stay_under_35_lines() => Assert.Empty(Repository.Files("tests", ".cs").SelectMany(path => LongMethods(path, File.ReadAllText(path), 35)));

    [Fact]
    public void Constructors_take_at_most_five_parameters() => Assert.Empty(Sources().SelectMany(path => WideConstructors(path, File.ReadAllText(path))));

    [Fact]
    public void Planted_excess_is_found()
    {
        var lines = string.Concat(Enumerable.Repeat("        System.Console.WriteLine();\n", 51));
        Assert.Single(LongMethods("planted.cs", $"class C {{ void M()\n {{\n{lines} }} }}", 50));
        Assert.Single(WideConstructors("planted.cs", "class C(int a, int b, int c, int d, int e, int f);"));
    }

    private static IEnumerable<string> Sources() => Repository.Files("src", ".cs").Concat(Repository.Files("db", ".cs"));

    private static IEnumerable<string> LongFiles(IEnumerable<string> paths, int ceiling) =>
        from path in paths
        let lines = File.ReadLines(path).Count()
        where lines > ceiling
        select $"{Repository.Relative(path)}: {lines} lines";

    private static IEnumerable<string> LongMethods(string path, string text, int ceiling) =>
        from method in Root(text).DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let body = (SyntaxNode?)method.Body ?? method.ExpressionBody
        where body is not null
        let span = body.GetLocation().GetLineSpan()
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line - 1
        where lines > ceiling
        select $"{Repository.Relative(path)}: {(method as MethodDeclarationSyntax)?.Identifier.Text ?? "constructor"} has {lines} lines";

    /// <summary>Records are data and may be wide; a class that is constructed with much does too much.</summary>
    private static IEnumerable<string> WideConstructors(string path, string text)
    {
        var nodes = Root(text).DescendantNodes().ToList();
        var wide = nodes.OfType<ConstructorDeclarationSyntax>().Where(constructor => constructor.ParameterList.Parameters.Count > 5).Select(node => node.Identifier.Text)
            .Concat(nodes.OfType<ClassDeclarationSyntax>().Where(type => type.ParameterList?.Parameters.Count > 5).Select(type => type.Identifier.Text));
        return wide.Select(name => $"{Repository.Relative(path)}: {name}");
    }

    private static SyntaxNode Root(string text) => CSharpSyntaxTree.ParseText(text).GetRoot();
}
