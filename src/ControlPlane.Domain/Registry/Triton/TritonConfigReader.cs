using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>Reads a Triton model configuration. What no contract can say is listed; what breaks the format is a problem with line and column.</summary>
public static class TritonConfigReader
{
    public const string Path = "config.pbtxt";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["dynamic_batching"] = "waiting to join requests into one batch is not known here yet",
        ["instance_group"] = "how many copies run, and where, is decided by the nodes",
        ["model_warmup"] = "a version warms up with a row of its contract",
        ["sequence_batching"] = "every request stands for itself here",
        ["ensemble_scheduling"] = "one version is one model here",
        ["response_cache"] = "answers are not cached",
        ["optimization"] = "the runtime chooses its own optimisations",
        ["parameters"] = "they are the backend's own; threads and memory stand in the contract's runtime",
    };

    public static TritonConfigReading Read(string text)
    {
        var document = ProtobufText.Read(text, Path);
        if (document.Problem is { } problem) return new(null, [problem]);
        var problems = new List<Problem>();
        var notCarried = new List<string>();
        var fields = new TritonFields(document.Fields, problems);
        var maxBatch = (int)fields.Whole("max_batch_size", 0, 0, int.MaxValue);
        var (platform, backend) = (fields.Text("platform"), fields.Text("backend"));
        var config = new TritonConfig(
            fields.Text("name") ?? "",
            string.IsNullOrEmpty(platform) ? backend ?? "" : platform,
            maxBatch,
            fields.Text("default_model_filename") ?? "model.onnx",
            ReadTensors(fields, "input", maxBatch > 0, problems, notCarried),
            ReadTensors(fields, "output", maxBatch > 0, problems, notCarried),
            ReadVersions(fields.Message("version_policy"), problems),
            notCarried);
        notCarried.AddRange(fields.Others.Select(field => $"{Path}: {field.Name}: {Reasons.GetValueOrDefault(field.Name, "a contract has nothing of the kind")}"));
        return problems.Count > 0 ? new(null, problems) : new(config, []);
    }

    private static List<TritonTensor> ReadTensors(TritonFields fields, string role, bool batched, List<Problem> problems, List<string> notCarried)
    {
        var tensors = new List<TritonTensor>();
        foreach (var message in fields.Messages(role))
        {
            var tensor = ReadTensor(message, new TritonFields(message.Fields, problems), batched, notCarried);
            if (tensor.Name.Length == 0) fields.Refuse(message, "has no name");
            else if (tensors.Any(other => other.Name == tensor.Name)) fields.Refuse(message, $"{tensor.Name} is given twice");
            else tensors.Add(tensor);
        }

        return tensors;
    }

    private static TritonTensor ReadTensor(ProtobufTextField message, TritonFields fields, bool batched, List<string> notCarried)
    {
        var name = fields.Text("name") ?? "";
        var word = fields.Word("data_type");
        if (word is null) fields.Refuse(message, $"{name} has no data_type");
        var datatype = OfTriton(word);
        if (word is not null && datatype.Length == 0) fields.Refuse(message, $"{name} has the data_type {word}, which no tensor here can have");
        var dims = fields.Wholes("dims", -1, int.MaxValue);
        if (dims.Count == 0) fields.Refuse(message, $"{name} has no dims");
        if (fields.Message("reshape") is { } reshape)
        {
            dims = new TritonFields(reshape.Fields, []).Wholes("shape", -1, int.MaxValue);
            notCarried.Add($"{Path}: reshape of {name}: the contract has the shape that the model takes");
        }

        var labels = fields.Text("label_filename");
        notCarried.AddRange(fields.Others.Where(field => field.Text != "false").Select(field => $"{Path}: {field.Name} of {name}: a contract has nothing of the kind"));
        return new(name, datatype, batched ? [-1, .. dims] : dims, string.IsNullOrEmpty(labels) ? null : labels);
    }

    private static IReadOnlyList<long> ReadVersions(ProtobufTextField? policy, List<Problem> problems)
    {
        if (policy is null) return [];
        var specific = new TritonFields(policy.Fields, problems).Message("specific");
        return specific is null ? [] : new TritonFields(specific.Fields, problems).Wholes("versions", 1, long.MaxValue);
    }

    private static string OfTriton(string? word) => word switch
    {
        "TYPE_STRING" => "BYTES",
        not null when word.StartsWith("TYPE_", StringComparison.Ordinal) && TensorDatatype.IsKnown(word[5..]) && word != "TYPE_BYTES" => word[5..],
        _ => "",
    };
}
