using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Node;

return args switch
{
    [CheckProgram.Verb, ..] => await CheckProgram.Run(args),
    _ => await NodeProgram.Run(args),
};
