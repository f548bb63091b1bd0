using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Node;
using ControlPlane.Worker.Trials;

return args switch
{
    [CheckProgram.Verb, ..] => await CheckProgram.Run(args),
    [TrialProgram.Verb, ..] => await TrialProgram.Run(args),
    [EngineProgram.Verb, ..] => await EngineProgram.Run(args),
    _ => await NodeProgram.Run(args),
};
