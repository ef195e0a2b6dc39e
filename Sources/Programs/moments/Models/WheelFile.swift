internal import CZlib
internal import MomentsCore

/// A ZIP archive in memory, as Python's wheels are: finds files by name and takes them out.
struct WheelFile {
    private let bytes: [UInt8]

    /// Takes an archive; nothing is looked at yet.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes a file out.
    ///
    /// - Parameters:
    ///   - name: Its path inside the archive.
    ///   - most: The most bytes it may have.
    /// - Returns: Its content; nil where it is not there, damaged, or larger.
    func file(_ name: String, atMost most: Int) -> [UInt8]? {
        // The directory's end stands in the last bytes, before a comment of at most 64 KiB.
        let tail = max(0, bytes.count - 22 - 65_535)
        guard bytes.count >= 22,
            let end = stride(from: bytes.count - 22, through: tail, by: -1).first(where: { word($0) == 0x0605_4b50 })
        else { return nil }
        var entry = word(end + 16)
        for _ in 0..<half(end + 10) {
            guard entry + 46 <= bytes.count, word(entry) == 0x0201_4b50 else { return nil }
            let (nameLength, extra, comment) = (half(entry + 28), half(entry + 30), half(entry + 32))
            guard entry + 46 + nameLength <= bytes.count else { return nil }
            if bytes[entry + 46..<entry + 46 + nameLength].elementsEqual(name.utf8) {
                let (packed, whole) = (word(entry + 20), word(entry + 24))
                guard whole <= most else { return nil }
                return content(at: word(entry + 42), method: half(entry + 10), packed: packed, whole: whole)
            }
            entry += 46 + nameLength + extra + comment
        }
        return nil
    }

    private func content(at header: Int, method: Int, packed: Int, whole: Int) -> [UInt8]? {
        guard header + 30 <= bytes.count, word(header) == 0x0403_4b50 else { return nil }
        let start = header + 30 + half(header + 26) + half(header + 28)
        guard start + packed <= bytes.count else { return nil }
        switch method {
        case 0: return packed == whole ? Array(bytes[start..<start + packed]) : nil
        case 8: return Self.inflated(bytes[start..<start + packed], to: whole)
        default: return nil
        }
    }

    private static func inflated(_ packed: ArraySlice<UInt8>, to count: Int) -> [UInt8]? {
        var input = Array(packed)
        var output = [UInt8](repeating: 0, count: count)
        var stream = z_stream()
        guard moments_inflate_raw(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        let status = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
                (stream.next_out, stream.avail_out) = (target.baseAddress, UInt32(target.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        return status == Z_STREAM_END && stream.avail_out == 0 ? output : nil
    }

    private func half(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }

    private func word(_ place: Int) -> Int { place + 4 <= bytes.count ? half(place) | half(place + 2) << 16 : 0 }
}
