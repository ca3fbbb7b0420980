using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Text;

/// <summary>JSON as the venue writes it: compact, decimals as strings.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value.</summary>
    /// <param name="write">Writes it.</param>
    /// <returns>The UTF-8 text.</returns>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A decimal without trailing zeros.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Such as <c>0.5</c>.</returns>
    public static string Number(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}
