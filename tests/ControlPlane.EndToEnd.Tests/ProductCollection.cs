[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ControlPlane.EndToEnd.Tests;

/// <summary>A product that the test framework starts and ends.</summary>
public sealed class StartedProduct : Product, IAsyncLifetime;

/// <summary>Tests that use models of their own share one running product.</summary>
[CollectionDefinition("product")]
public sealed class ProductCollection : ICollectionFixture<StartedProduct>;
