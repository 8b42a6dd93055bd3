using System.Globalization;

namespace LossActors.Learning.Networks.Notation;

/// <summary>One layer as it is written, word by word: <c>convolution 32 3x3 stride 2</c>. Whoever asks for something that is not there gets an exception that says what is missing.</summary>
internal sealed class LayerWords
{
    private readonly List<string> _rest;

    public LayerWords(string text)
    {
        _rest = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Name = _rest.Count > 0 ? Next("") : "";
    }

    /// <summary>The first word.</summary>
    public string Name { get; }

    /// <summary>The next word, a whole number in a range.</summary>
    public int Number(string what, int least, int most) => Whole(Next(what), what, least, most);

    /// <summary>The next word, the side of a square: <c>3x3</c>, or <c>3</c>.</summary>
    public int Square(string what, int most)
    {
        var word = Next(what);
        return word.Split('x') is [var a, var b] && a == b ? Whole(a, what, 1, most) : Whole(word, what, 1, most);
    }

    /// <summary>The next word, a number from 0 and below 1.</summary>
    public double Share(string what)
    {
        var word = Next(what);
        return double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share < 1
            ? share
            : throw new NetworkException($"{what} must be a number from 0 and below 1, not {word}");
    }

    /// <summary>The number after a word that may stand anywhere among what is left, or not at all.</summary>
    public int Option(string word, int otherwise, int least, int most)
    {
        var at = _rest.IndexOf(word);
        if (at < 0)
        {
            return otherwise;
        }

        _rest.RemoveAt(at);
        var number = at < _rest.Count ? _rest[at] : throw new NetworkException($"the {word} is missing");
        _rest.RemoveAt(at);
        return Whole(number, $"the {word}", least, most);
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public void End()
    {
        if (_rest.Count > 0)
        {
            throw new NetworkException($"what does {_rest[0]} mean here?");
        }
    }

    private string Next(string what)
    {
        var word = _rest.Count > 0 ? _rest[0] : throw new NetworkException($"{what} is missing");
        _rest.RemoveAt(0);
        return word;
    }

    private static int Whole(string word, string what, int least, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new NetworkException(string.Create(CultureInfo.InvariantCulture, $"{what} must be a whole number from {least} to {most}, not {word}"));
}
