using System.Diagnostics;

namespace ControlPlane.OnnxRuntime.Tests;

public class ConcurrencyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static NamedTensor[] EndlessInputs =>
        [new("go", new Tensor<bool>(new[] { true })), new("x", new Tensor<float>(new float[1], 1))];

    [Fact]
    public async Task Run_endless_loop_stops_when_cancelled()
    {
        using var session = Sample.Load("endless_loop");
        using var cancel = new CancellationTokenSource();
        var run = Task.Run(() => session.Run(EndlessInputs, ["y"], cancel.Token), TestContext.Current.CancellationToken);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);

        var clock = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Run_cancelled_leaves_the_session_fit_for_the_next_run()
    {
        using var session = Sample.Load("endless_loop");
        for (var i = 0; i < 5; i++)
        {
            using var cancel = new CancellationTokenSource(20);
            var cancelled = Assert.Throws<OperationCanceledException>(() => session.Run(EndlessInputs, ["y"], cancel.Token));
            Assert.Equal(cancel.Token, cancelled.CancellationToken);
            Assert.IsType<OrtException>(cancelled.InnerException);

            NamedTensor[] once = [new("go", new Tensor<bool>(new[] { false })), new("x", new Tensor<float>(new float[] { 3 }, 1))];
            var result = (Tensor<float>)session.Run(once, ["y"], TestContext.Current.CancellationToken)[0].Tensor;
            Assert.Equal(3, result.Span[0]);
        }
    }

    [Fact]
    public void Run_and_load_with_a_token_already_cancelled_do_nothing()
    {
        using var session = Sample.Load("identity_float32");
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => session.Run([new("x", new Tensor<float>(new float[1], 1))], ["y"], cancelled));
        Assert.Throws<OperationCanceledException>(() => InferenceSession.Load(Sample.Bytes("iris"), SessionOptions.Default, cancelled));
        Assert.Throws<OperationCanceledException>(() => InferenceSession.LoadFile(Sample.PathOf("iris"), SessionOptions.Default, cancelled));
    }

    [Fact]
    public void Load_cancelled_while_the_library_works_stops()
    {
        var model = ChainModel.Bytes(nodes: 60_000);
        using var cancel = new CancellationTokenSource(100);
        var clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => InferenceSession.Load(model, SessionOptions.Default, cancel.Token));
        Assert.True(clock.Elapsed < Patience);
    }

    [Fact]
    public async Task Run_by_many_callers_gives_each_its_own_answer()
    {
        using var session = Sample.Load("identity_float32");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                float[] values = [caller, i, caller * 1000 + i];
                var result = (Tensor<float>)session.RunOne("x", new Tensor<float>(values, 3), "y");
                Assert.Equal(values, result.Span.ToArray());
            }
        }, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Dispose_while_runs_are_under_way_lets_them_end()
    {
        var session = Sample.Load("endless_loop");
        using var cancel = new CancellationTokenSource();
        using var begun = new CountdownEvent(3);
        // Threads of their own: the pool may start a third one later than the session is disposed.
        var runs = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                begun.Signal();
                return session.Run(EndlessInputs, ["y"], cancel.Token);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Assert.True(begun.Wait(Patience, TestContext.Current.CancellationToken));
        await Task.Delay(500, TestContext.Current.CancellationToken);

        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run(EndlessInputs, ["y"], TestContext.Current.CancellationToken));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.All(runs, run => Assert.False(run.IsCompleted));
        await cancel.CancelAsync();
        foreach (var run in runs)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Dispose_at_any_moment_ends_in_an_answer_or_a_refusal()
    {
        for (var round = 0; round < 50; round++)
        {
            var session = Sample.Load("identity_float32");
            var callers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                while (true)
                    session.RunOne("x", new Tensor<float>(new float[] { 1 }, 1), "y");
            }, TestContext.Current.CancellationToken)).ToArray();
            await Task.Delay(round % 5, TestContext.Current.CancellationToken);
            session.Dispose();
            foreach (var caller in callers)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => caller.WaitAsync(Patience, TestContext.Current.CancellationToken));
        }
    }
}
