using System.Text;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Reads a small input file whole; what stands in the way becomes one fault line.</summary>
internal static class InputFile
{
    /// <summary>Largest configuration or entries file, bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Reads a file's text.</summary>
    /// <param name="path">File to read, at most 16 MiB of UTF-8; a byte order mark is skipped.</param>
    /// <param name="faults">Takes the line when the file cannot be read.</param>
    /// <returns>The text; null after a fault.</returns>
    public static string? ReadText(string path, FaultLines faults)
    {
        try
        {
            if (Directory.Exists(path))
            {
                faults.Add(path, "is a folder; a file is needed");
                return null;
            }

            if (new FileInfo(path).Length > MostBytes)
            {
                faults.Add(path, $"is larger than {MostBytes / 1024 / 1024} MiB");
                return null;
            }

            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            faults.Add(path, "is not UTF-8 text");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(path, "file not found");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(path, $"cannot be read: {e.Message}");
        }

        return null;
    }
}
