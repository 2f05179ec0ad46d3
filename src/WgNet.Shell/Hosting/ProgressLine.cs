using System.Management.Automation;

namespace WgNet.Shell;

/// <summary>
/// Progress on one line, redrawn in place: the latest of what is under way. Answers with what to write to the terminal.
/// </summary>
internal sealed class ProgressLine
{
    private const string EraseLine = "\r\e[2K";

    // A tight loop reports far more often than anyone can read.
    private const long Interval = 100;

    private long _drawnAt = -Interval;
    private int _drawnActivity = -1;
    private bool _visible;

    public string Update(ProgressRecord record, int width)
    {
        if (record.RecordType == ProgressRecordType.Completed)
            return record.ParentActivityId < 0 ? Erase() : "";
        long now = Environment.TickCount64;
        if (_visible && record.ActivityId == _drawnActivity && now - _drawnAt < Interval)
            return "";
        (_drawnAt, _drawnActivity, _visible) = (now, record.ActivityId, true);
        return EraseLine + Fit(Describe(record), width - 1);
    }

    public string Erase()
    {
        if (!_visible)
            return "";
        (_visible, _drawnAt) = (false, -Interval);
        return EraseLine;
    }

    private static string Describe(ProgressRecord record)
    {
        string text = record.Activity;
        if (!string.IsNullOrWhiteSpace(record.StatusDescription))
            text += $": {record.StatusDescription}";
        if (!string.IsNullOrWhiteSpace(record.CurrentOperation))
            text += $" ({record.CurrentOperation})";
        if (record.PercentComplete >= 0)
            text += $" {record.PercentComplete}%";
        if (record.SecondsRemaining >= 0)
            text += $", {record.SecondsRemaining} s left";
        return text.ReplaceLineEndings(" ");
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
