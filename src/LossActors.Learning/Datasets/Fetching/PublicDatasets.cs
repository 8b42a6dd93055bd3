using System.Collections.Frozen;
using LossActors.Learning.Datasets.Cifar;

namespace LossActors.Learning.Datasets.Fetching;

/// <summary>Where the public datasets are published, how large their files are, and what these hash to. Addresses and MD5 checksums are those that torchvision uses.</summary>
internal static class PublicDatasets
{
    // Of both versions of CIFAR.
    private const long TestImages = 10_000;

    /// <summary>All of them, by name.</summary>
    public static FrozenDictionary<string, PublicDataset> ByName { get; } = new[]
    {
        Idx("mnist", "https://ossci-datasets.s3.amazonaws.com/mnist/",
            (9912422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"), (28881, "d53e105ee54ea40749a09fcbcd1e9432"),
            (1648877, "9fb629c4189551a2d022fa330f9573f3"), (4542, "ec29112dd5afa0611ce80d1b7f02629c")),
        Idx("fashion-mnist", "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            (26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"), (29515, "25c81989df183df01b3e8a0aad5dffbe"),
            (4422102, "bef4ecab320f06d8554ea6380940ec79"), (5148, "bb300cfdad3c16e7a12a480ee83cd310")),
        Idx("kmnist", "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            (18165135, "bdb82020997e1d708af4cf47b453dcf7"), (29497, "e144d726b3acfaa3e44228e80efcd344"),
            (3041136, "5c965bf0a639b31b8f53240b1b52f4d7"), (5120, "7320c461ea6c1c855c0b718fb2a4b134")),
        Cifar("cifar10", "cifar-10-binary.tar.gz", 170052171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", "cifar-10-batches-bin", CifarVersion.Ten),
        Cifar("cifar100", "cifar-100-binary.tar.gz", 168513733, "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec", "cifar-100-binary", CifarVersion.Fine),
        new PublicDataset("svhn", new Uri("http://ufldl.stanford.edu/housenumbers/"),
        [
            new PublicFile(SvhnDataset.Files[0], 182040794, Checksum.Md5("e26dedcc434d2e4c54c9b2d4a06d8373")),
            new PublicFile(SvhnDataset.Files[1], 64275384, Checksum.Md5("eb5a983be6a315427106f1b164d9cef3")),
        ]),
    }.ToFrozenDictionary(d => d.Name);

    private static PublicDataset Idx(string name, string source, params (long Size, string Md5)[] files) =>
        new(name, new Uri(source), [.. files.Zip(IdxDataset.FileNames, (file, fileName) => new PublicFile(fileName + ".gz", file.Size, Checksum.Md5(file.Md5)))]);

    private static PublicDataset Cifar(string name, string archive, long size, string sha256, string folder, CifarVersion version) =>
        new(name, new Uri("https://www.cs.toronto.edu/~kriz/"),
        [
            new PublicFile(archive, size, Checksum.Sha256(sha256))
            {
                Members =
                [
                    .. version.TrainingFiles.Select(file => new ArchiveMember($"{folder}/{file}", version.Proportion * TestImages * version.ImageBytes)),
                    new ArchiveMember($"{folder}/{version.TestFile}", TestImages * version.ImageBytes),
                ],
            },
        ]);
}
