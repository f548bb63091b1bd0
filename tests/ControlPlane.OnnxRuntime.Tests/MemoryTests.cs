namespace ControlPlane.OnnxRuntime.Tests;

[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public class MemoryTests
{
    private const int Rounds = 200;
    private const long MegaByte = 1 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Sessions_loaded_run_and_dropped_leave_no_memory_behind()
    {
        for (var i = 0; i < Rounds; i++)
            LoadRunAndDrop();
        var before = ResidentBytes();
        for (var i = 0; i < Rounds; i++)
            LoadRunAndDrop();
        Assert.InRange((ResidentBytes() - before) / MegaByte, long.MinValue, 8);
    }

    [Fact]
    public void Runs_of_every_sort_leave_no_memory_behind()
    {
        using var maps = Sample.Load("iris_zipmap_string");
        using var texts = Sample.Load("identity_string");
        var features = new Tensor<float>(new float[64 * 4], 64, 4);
        var words = new StringTensor([.. Enumerable.Range(0, 64).Select(i => $"word number {i} of this tensor")], 64);
        void RunMany()
        {
            for (var i = 0; i < 2_000; i++)
            {
                maps.RunOne("features", features, "probabilities");
                texts.RunOne("x", words, "y");
                Assert.Throws<OrtException>(() => maps.RunOne("features", words, "label"));
            }
        }

        RunMany();
        var before = ResidentBytes();
        RunMany();
        Assert.InRange((ResidentBytes() - before) / MegaByte, long.MinValue, 8);
    }

    [Fact]
    public void Large_output_is_given_back_to_the_system()
    {
        using var session = Sample.Load("widen");
        session.RunOne("x", new Tensor<float>(new float[1], 1, 1), "y");
        var before = ResidentBytes();
        WidenLarge(session);
        Assert.InRange((ResidentBytes() - before) / MegaByte, long.MinValue, 16);
    }

    // 100 MB of output, made once in the library and once in managed memory; in a method of its own so that nothing keeps it.
    private static void WidenLarge(InferenceSession session) =>
        Assert.Equal(400 * 65_536, session.RunOne("x", new Tensor<float>(new float[400], 400, 1), "y").Length);

    private static void LoadRunAndDrop()
    {
        using (var session = Sample.Load("iris_zipmap_string"))
            session.RunOne("features", new Tensor<float>(new float[32], 8, 4), "probabilities");
        using (var session = InferenceSession.LoadFile(Sample.PathOf("external_data"), new SessionOptions(IntraOpThreads: 2, Arena: true), Cancellation))
            session.RunOne("x", new Tensor<float>(new float[3], 3), "y");
        Assert.Throws<OrtException>(() => Sample.Load("unknown_op"));
    }

    private static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
