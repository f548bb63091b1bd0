namespace ControlPlane.Domain.Registry;

/// <summary>Where a version stands before anybody may propose it.</summary>
public enum VersionStatus
{
    /// <summary>Stored; a node is trying it in a throwaway child process.</summary>
    Checking,

    /// <summary>Every check passed; it may be proposed.</summary>
    Ready,

    /// <summary>A check failed; it can never be proposed.</summary>
    Rejected,

    /// <summary>Taken out of the lists by a person.</summary>
    Archived,
}

/// <summary>One thing verified about a version.</summary>
public enum CheckName
{
    /// <summary>The pre-scan finds nothing forbidden, the runtime opens the artifact and its tensors match the contract.</summary>
    Loads,

    /// <summary>Golden samples come back within tolerance through the whole serving path.</summary>
    Golden,

    /// <summary>p99 over the golden samples stays inside the contract's promise.</summary>
    Latency,

    /// <summary>Resident growth after load stays inside the contract's memory_megabytes.</summary>
    Memory,

    /// <summary>Reference data gives every monitored input and the score fixed bins.</summary>
    Baseline,

    /// <summary>No breaking change against the champion, or every one is named and acknowledged. Judged anew at each look, as the champion moves.</summary>
    Compatible,
}

/// <summary>How a check ended. NotApplicable says why in the sentence (no golden samples, no promise).</summary>
public enum CheckOutcome
{
    Passed,
    Failed,
    NotApplicable,
}

/// <summary>The stored result of one check with its numbers.</summary>
public sealed record CheckResult(CheckName Name, CheckOutcome Outcome, string Sentence, IReadOnlyDictionary<string, double> Figures, DateTimeOffset At);

/// <summary>Which process runs a version on a node.</summary>
public enum EnginePlace
{
    /// <summary>The serving process itself: every operator is known not to bring a process down.</summary>
    OwnProcess,

    /// <summary>A child process that may die without harm.</summary>
    Child,
}
