// Tensors are counted per process: a test that counts them tolerates no other beside it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
