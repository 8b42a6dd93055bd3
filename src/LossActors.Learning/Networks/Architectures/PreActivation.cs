using LossActors.Learning.Networks.Layers;
using static LossActors.Learning.Networks.Architectures.Blocks;

namespace LossActors.Learning.Networks.Architectures;

/// <summary>Residual blocks whose normalisation and rectifier come before each convolution (He et al., Identity Mappings in Deep Residual Networks, 2016).</summary>
internal static class PreActivation
{
    /// <summary>One block. Where a projection makes the shortcut, it starts from the activated inputs too.</summary>
    /// <param name="from">Maps that go in.</param>
    /// <param name="to">Maps that come out.</param>
    /// <param name="stride">Of its maps.</param>
    /// <param name="convolutions">Its convolutions.</param>
    public static IEnumerable<Layer> Block(int from, int to, int stride, params Layer[] convolutions)
    {
        Layer[] rest = [convolutions[0], .. convolutions[1..].SelectMany(convolution => (Layer[])[Normalisation, Relu, convolution])];
        return stride == 1 && from == to
            ? [new ResidualLayer(new SequenceLayer([Normalisation, Relu, .. rest]))]
            : [Normalisation, Relu, new ResidualLayer(new SequenceLayer([.. rest]), Convolution(to, 1, stride))];
    }
}
