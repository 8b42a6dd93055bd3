using System.Numerics;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// A row of numbers per instance and member. Side by side, [batch, member · width], where a product serves all members at once; one member after another,
/// [member, batch, width], where each has a product of its own. For a single member that is the same.
/// </summary>
internal sealed class MemberRows<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _members;
    private readonly int _batch;
    private readonly int _width;
    private readonly bool _isWide;
    private readonly HostTensor<T> _values;

    public MemberRows(int members, int batch, int width, bool sideBySide)
    {
        (_members, _batch, _width, _isWide) = (members, batch, width, sideBySide || members == 1);
        _values = _isWide ? new HostTensor<T>(batch, (long)members * width) : new HostTensor<T>(members, batch, width);
        using var view = _values.View(0, [batch, members, width]);
        ByMember = _isWide && members > 1 ? view.transpose(0, 1).DetachFromDisposeScope() : _values.Tensor;
        Rows = _values.View(0, [(long)batch * members, width]);
        Transposed = Tensor.transpose(-2, -1).DetachFromDisposeScope();
        MemberTransposed = ByMember.transpose(-2, -1).DetachFromDisposeScope();
    }

    /// <summary>All numbers as they lie.</summary>
    public Span<T> Span => _values.Span;

    /// <summary>All numbers as they lie, [batch, member · width] or [member, batch, width].</summary>
    public Tensor Tensor => _values.Tensor;

    /// <summary><see cref="Tensor"/> with its last two dimensions exchanged.</summary>
    public Tensor Transposed { get; }

    /// <summary>The numbers as [member, batch, width]; of a single member [batch, width].</summary>
    public Tensor ByMember { get; }

    /// <summary><see cref="ByMember"/> with its last two dimensions exchanged.</summary>
    public Tensor MemberTransposed { get; }

    /// <summary>All rows as they lie, [batch · member, width].</summary>
    public Tensor Rows { get; }

    /// <summary>A member's numbers for one instance.</summary>
    public Span<T> Row(int member, int instance) =>
        _values.Span.Slice((_isWide ? (instance * _members) + member : (member * _batch) + instance) * _width, _width);

    /// <summary>Gives every row its member's numbers.</summary>
    /// <param name="rows">[member, width].</param>
    public void Fill(ReadOnlySpan<T> rows)
    {
        var group = Group;
        for (var start = 0; start < _values.Span.Length; start += group)
        {
            rows.Slice(FirstOf(start), group).CopyTo(_values.Span[start..]);
        }
    }

    /// <summary>Adds its member's numbers to every row.</summary>
    /// <param name="rows">[member, width].</param>
    public void AddToRows(ReadOnlySpan<T> rows)
    {
        var group = Group;
        for (var start = 0; start < _values.Span.Length; start += group)
        {
            DenseDerivatives.Add(rows.Slice(FirstOf(start), group), _values.Span.Slice(start, group));
        }
    }

    /// <summary>Adds up every member's rows.</summary>
    /// <param name="sums">Receives [member, width].</param>
    public void SumRows(Span<T> sums)
    {
        sums.Clear();
        var group = Group;
        for (var start = 0; start < _values.Span.Length; start += group)
        {
            DenseDerivatives.Add(_values.Span.Slice(start, group), sums.Slice(FirstOf(start), group));
        }
    }

    /// <summary>The numbers as [member, batch, width]: as they lie, or brought into that order.</summary>
    /// <param name="room">As many numbers, for where they must be moved.</param>
    public ReadOnlySpan<T> InOrder(T[] room)
    {
        if (_members == 1 || !_isWide)
        {
            return _values.Span;
        }

        for (var member = 0; member < _members; member++)
        {
            for (var instance = 0; instance < _batch; instance++)
            {
                Row(member, instance).CopyTo(room.AsSpan(((member * _batch) + instance) * _width));
            }
        }

        return room;
    }

    /// <summary>Sets all numbers.</summary>
    /// <param name="values">[member, batch, width].</param>
    public void Set(ReadOnlySpan<T> values)
    {
        for (var member = 0; member < _members; member++)
        {
            for (var instance = 0; instance < _batch; instance++)
            {
                values.Slice(((member * _batch) + instance) * _width, _width).CopyTo(Row(member, instance));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor[])[Transposed, MemberTransposed, Rows, ByMember])
        {
            view.Dispose();
        }

        _values.Dispose();
    }

    // Numbers that get the same treatment in one go.
    private int Group => _isWide ? _members * _width : _width;

    private int FirstOf(int start) => _isWide ? 0 : start / (_batch * _width) * _width;
}
