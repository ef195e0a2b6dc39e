/// Shot marks of Sony's cameras, in what they note beside a clip (`C0001M01.XML`): packets of a key, a frame and a name.
enum SonyMarks {
    /// Reads them.
    ///
    /// - Parameters:
    ///   - bytes: The notes.
    ///   - rate: The video's frames a second; positive.
    /// - Returns: Seconds from the clip's beginning; empty where these are no such notes.
    static func seconds(in bytes: [UInt8], rate: Double) -> [Double] {
        var (scanner, found, isSony) = (XMLScanner(bytes), [Double](), false)
        while let part = scanner.next(), found.count < most {
            guard case .open(let name, let attributes) = part else { continue }
            if name == "NonRealTimeMeta" { isSony = true }
            // Others tell where a recording began and ended, and of flashes.
            guard isSony, name == "KlvPacket", let frame = attributes["frameCount"].flatMap(Int32.init), frame >= 0,
                let value = attributes["lengthValue"], text(value).contains("ShotMark")
            else { continue }
            found.append(Double(frame) / rate)
        }
        return found
    }

    private static let most = 4096

    /// The letters of a value in hexadecimal.
    private static func text(_ hex: String) -> String {
        let digits = Array(hex.utf8.prefix(512))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
