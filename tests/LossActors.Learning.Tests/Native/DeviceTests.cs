using LossActors.Learning.Native;
using TorchSharp;
using Xunit;

namespace LossActors.Learning.Tests.Native;

public sealed class DeviceTests
{
    [Fact]
    public void The_cpu_is_always_there() => Assert.Equal(DeviceType.CPU, Devices.Require("cpu").type);

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    [InlineData("CPU")]
    public void A_name_that_no_device_has_is_refused(string name) =>
        Assert.Contains("use cpu or cuda:N", Assert.Throws<EnvironmentException>(() => Devices.Require(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    public void Cuda_without_cuda_is_refused_in_one_line_that_says_what_to_do(string name)
    {
        Assert.SkipUnless(TorchLibrary.Load().CudaDevices == 0, "this machine has a CUDA device");
        var error = Assert.Throws<EnvironmentException>(() => Devices.Require(name));

        Assert.StartsWith($"device {name} is not available", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.NotNull(error.Remedy);
    }

    [Fact]
    public void A_device_beyond_the_last_is_refused()
    {
        var count = TorchLibrary.Load().CudaDevices;
        Assert.Throws<EnvironmentException>(() => Devices.Require($"cuda:{count}"));
    }

    [Fact]
    public void The_number_of_threads_is_the_calling_threads_own_and_slots_share_the_processors()
    {
        var inside = 0;
        TorchThreads.Set(2);
        var thread = new Thread(() =>
        {
            TorchThreads.Set(1);
            inside = torch.get_num_threads();
        });
        thread.Start();
        thread.Join();

        Assert.Equal((1, 2), (inside, torch.get_num_threads()));
        Assert.Equal(Environment.ProcessorCount, TorchThreads.PerSlot(1));
        Assert.Equal(1, TorchThreads.PerSlot(10_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchThreads.Set(0));
    }
}
