using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ControlPlane.Web.Access;

/// <summary>Names the person of a circuit for its whole scope; the HTTP request that opened it is long gone when a button is pressed.</summary>
public sealed class CircuitCaller(CurrentCaller current, AuthenticationStateProvider authentication, IHttpContextAccessor http) : CircuitHandler, IDisposable
{
    private string? _address;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _address = http.HttpContext?.Connection.RemoteIpAddress?.ToString();
        authentication.AuthenticationStateChanged += Follow;
        Name(await authentication.GetAuthenticationStateAsync());
    }

    public void Dispose() => authentication.AuthenticationStateChanged -= Follow;

    private async void Follow(Task<AuthenticationState> state) => Name(await state);

    private void Name(AuthenticationState state) => current.ActFor(CallerClaims.Of(state.User, _address));
}
