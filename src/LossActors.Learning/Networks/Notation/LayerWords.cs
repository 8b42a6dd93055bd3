using System.Globalization;

namespace LossActors.Learning.Networks.Notation;

/// <summary>One layer as it is written, word by word: <c>convolution 32 3x3 stride 2</c>. Whoever asks for something that is not there gets an exception that says what is missing.</summary>
internal sealed class LayerWords
{
    private readonly string[] _words;
    private int _next = 1;

    public LayerWords(string text)
    {
        _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Name = _words.Length > 0 ? _words[0] : "";
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
    public double Share(string what) =>
        double.TryParse(Next(what), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share < 1
            ? share
            : throw new NetworkException($"{what} must be a number from 0 and below 1, not {_words[_next - 1]}");

    /// <summary>The number after a word that may be left out.</summary>
    public int Option(string word, int otherwise, int least, int most)
    {
        if (_next >= _words.Length || _words[_next] != word)
        {
            return otherwise;
        }

        _next++;
        return Number($"the {word}", least, most);
    }

    /// <summary>Makes sure that nothing is left.</summary>
    public void End()
    {
        if (_next < _words.Length)
        {
            throw new NetworkException($"what does {_words[_next]} mean here?");
        }
    }

    private string Next(string what) => _next < _words.Length ? _words[_next++] : throw new NetworkException($"{what} is missing");

    private static int Whole(string word, string what, int least, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new NetworkException(string.Create(CultureInfo.InvariantCulture, $"{what} must be a whole number from {least} to {most}, not {word}"));
}
