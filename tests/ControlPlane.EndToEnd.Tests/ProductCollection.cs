[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ControlPlane.EndToEnd.Tests;

/// <summary>Tests that use models of their own share one running product.</summary>
[CollectionDefinition("product")]
public sealed class ProductCollection : ICollectionFixture<Product>;
