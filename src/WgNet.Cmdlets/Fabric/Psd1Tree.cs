using System.Management.Automation.Language;
using WgNet.Fabric;

namespace WgNet.Cmdlets;

/// <summary>
/// Reads a psd1 file with the engine's own parser into the tree that keeps its lines. Nothing is run: tables, lists, texts, numbers, $true,
/// $false and $null are data, everything else is refused.
/// </summary>
internal static class Psd1Tree
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What it stands in.</param>
    /// <param name="problems">Receives what is wrong with it.</param>
    /// <returns>The tree; null where something is wrong.</returns>
    public static FileNode? Read(string text, string file, List<FabricFileException> problems)
    {
        ScriptBlockAst script = Parser.ParseInput(text, file, out _, out ParseError[] errors);
        foreach (ParseError error in errors)
            problems.Add(Problem(file, error.Extent, FileProblems.Shown(error.Message)));
        if (problems.Count > 0)
            return null;
        try
        {
            return script is { ParamBlock: null, DynamicParamBlock: null, BeginBlock: null, ProcessBlock: null, CleanBlock: null, EndBlock: { } body }
                && body.Statements.Count == 1
                ? Statement(body.Statements[0])
                : throw new NotDataException(script.Extent);
        }
        catch (NotDataException caught)
        {
            problems.Add(Problem(file, caught.Extent, "This is not data. The file holds one table, @{ ... }, of texts, numbers, $true, $false, lists and tables: no commands, variables or calculations."));
            return null;
        }
    }

    private static FabricFileException Problem(string file, IScriptExtent extent, string message) => new("FabricSyntax", message, file, "", extent.StartLineNumber);

    private static FileNode Statement(StatementAst statement) => statement switch
    {
        PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } one], Background: false } => Expression(one.Expression),
        CommandExpressionAst { Redirections.Count: 0 } one => Expression(one.Expression),
        _ => throw new NotDataException(statement.Extent),
    };

    private static FileNode Expression(ExpressionAst expression)
    {
        int line = expression.Extent.StartLineNumber;
        switch (expression)
        {
            case HashtableAst table:
                return new FileMap([.. table.KeyValuePairs.Select(pair => new FileEntry(Key(pair.Item1), pair.Item1.Extent.StartLineNumber, Statement(pair.Item2)))], line);
            case ArrayLiteralAst list:
                return new FileList([.. list.Elements.Select(Expression)], line);
            case ArrayExpressionAst list:
                return new FileList([.. list.SubExpression.Statements.SelectMany(Items)], line);
            case ParenExpressionAst paren:
                return Statement((StatementAst)paren.Pipeline);
            case StringConstantExpressionAst text:
                return new FileValue(text.Value, line);
            case ExpandableStringExpressionAst { NestedExpressions.Count: 0 } text:
                return new FileValue(text.Value, line);
            case ConstantExpressionAst constant:
                return new FileValue(Number(constant.Value), line);
            case UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: ConstantExpressionAst { Value: int or long or double } constant }:
                return new FileValue(Number(constant.Value) switch { long whole => -whole, double real => -real, var other => other }, line);
            case VariableExpressionAst variable:
                return variable.VariablePath.UserPath.ToUpperInvariant() switch
                {
                    "TRUE" => new FileValue(true, line),
                    "FALSE" => new FileValue(false, line),
                    "NULL" => new FileValue(null, line),
                    _ => throw new NotDataException(expression.Extent),
                };
            default:
                throw new NotDataException(expression.Extent);
        }
    }

    // @( 'a', 'b' ) is a list of two, as it is without the parentheses.
    private static IEnumerable<FileNode> Items(StatementAst statement) => Statement(statement) is FileList list && IsLiteral(statement) ? list.Items : [Statement(statement)];

    private static bool IsLiteral(StatementAst statement) => statement is PipelineAst { PipelineElements: [CommandExpressionAst { Expression: ArrayLiteralAst }] };

    private static string Key(ExpressionAst key) => key is StringConstantExpressionAst text ? text.Value : key.Extent.Text;

    private static object? Number(object? value) => value switch
    {
        int whole => (long)whole,
        long or double => value,
        _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private sealed class NotDataException(IScriptExtent extent) : Exception
    {
        public IScriptExtent Extent { get; } = extent;
    }
}
