using System.Net;
using System.Text;

namespace LossActors.Cli.Report;

/// <summary>Writes HTML. Everything that is not markup of ours goes through <see cref="Text"/>.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Escapes text for content and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Adds markup as it is.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Adds text, escaped.</summary>
    public Html Text(string text)
    {
        _text.Append(Escape(text));
        return this;
    }

    /// <summary>Adds an element that holds text.</summary>
    public Html Element(string tag, string text, string? cssClass = null) =>
        Raw(cssClass is null ? $"<{tag}>" : $"<{tag} class=\"{cssClass}\">").Text(text).Raw($"</{tag}>\n");

    /// <summary>Opens a section with a heading and one sentence about it.</summary>
    public Html Section(string title, string lead) =>
        Raw("<section>\n").Element("h2", title).Element("p", lead, "lead");

    /// <summary>Closes it.</summary>
    public Html EndSection() => Raw("</section>\n");

    /// <summary>A table; columns whose title begins with '#' hold numbers.</summary>
    public Html Table(IReadOnlyList<string> titles, IEnumerable<IReadOnlyList<string>> rows)
    {
        Raw("<div class=\"scroll\"><table><thead><tr>");
        foreach (var title in titles)
        {
            Raw(IsNumber(title) ? "<th class=\"n\">" : "<th>").Text(title.TrimStart('#', '`')).Raw("</th>");
        }

        Raw("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            Raw("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                var isCode = titles[i].StartsWith('`');
                Raw(IsNumber(titles[i]) ? "<td class=\"n\">" : isCode ? "<td><code>" : "<td>").Text(row[i]).Raw(isCode ? "</code></td>" : "</td>");
            }

            Raw("</tr>\n");
        }

        return Raw("</tbody></table></div>\n");
    }

    /// <summary>A figure with a caption.</summary>
    public Html Figure(string svg, string caption) =>
        Raw("<figure>").Raw(svg).Element("figcaption", caption).Raw("</figure>\n");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static bool IsNumber(string title) => title.StartsWith('#');
}
