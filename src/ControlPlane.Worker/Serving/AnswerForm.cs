using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>How an answer is written, in either wire form: the response version it says, and its fields in order.</summary>
internal sealed record AnswerForm(string Version, AnswerField[] Fields)
{
    /// <summary>The contract's outputs as they are, and the decision of a policy.</summary>
    public static AnswerForm PresentOf(Contract contract, OutputPlan[] outputs)
    {
        var fields = outputs.Select((output, place) => AnswerField.Of(output.Field.Name, output, place, null));
        return new(contract.ResponseVersion, [.. fields, .. contract.Policy is null ? [] : new[] { AnswerField.OfDecision(AnswerField.DecisionName, null) }]);
    }

    /// <summary>The previous major, made out of the present outputs; null when it is no longer served.</summary>
    public static AnswerForm? PreviousOf(Contract contract, OutputPlan[] outputs)
    {
        if (contract.Response.Previous is not { } previous) return null;
        return new(previous.Version, [.. previous.Fields.Select(field =>
        {
            var place = Array.FindIndex(outputs, output => output.Field.Name == field.From);
            return place < 0 ? AnswerField.OfDecision(field.Name, field) : AnswerField.Of(field.Name, outputs[place], place, field);
        })]);
    }

    public AnswerField? Find(string name) => Array.Find(Fields, field => field.Name == name);
}
