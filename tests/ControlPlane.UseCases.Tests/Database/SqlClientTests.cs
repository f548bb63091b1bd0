using Microsoft.Data.SqlClient;
using Xunit;

namespace ControlPlane.UseCases.Tests.Database;

public sealed class SqlClientTests
{
    /// <summary>Without the shim of Microsoft.SqlServer.Server every parameterised command ends in FileNotFoundException; no server is needed to see that its types load.</summary>
    [Fact]
    public void Parameterised_command_finds_the_types_it_names()
    {
        using var command = new SqlCommand("SELECT @number, @text");
        command.Parameters.AddWithValue("@number", 7);
        command.Parameters.AddWithValue("@text", "seven");
        Assert.Equal(System.Data.SqlDbType.Int, command.Parameters[0].SqlDbType);
        var validate = typeof(SqlParameter).GetMethod("Validate", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        validate.Invoke(command.Parameters[0], [0, false]);
        Assert.Equal(new Version(1, 0, 0, 0), typeof(Microsoft.SqlServer.Server.IBinarySerialize).Assembly.GetName().Version);
    }

    [Fact]
    public void Open_without_a_server_says_that_there_is_none()
    {
        using var connection = new SqlConnection("Server=tcp:127.0.0.1,1;Database=none;User Id=sa;Password=none;Encrypt=false;Connect Timeout=1");
        using var command = new SqlCommand("SELECT @number", connection);
        command.Parameters.AddWithValue("@number", 7);
        Assert.Throws<SqlException>(() =>
        {
            connection.Open();
            command.ExecuteScalar();
        });
    }
}
