public import MomentsCore

/// The original video as editors' timelines refer to it.
public struct EditMedia: Sendable {
    /// Where editors find it: absolute; with backslashes on Windows.
    public var path: FilePath
    /// Its name.
    public var name: FilePath
    /// How long it is.
    public var duration: MediaTime
    /// Its frames, counted for editing.
    public var rate: EditRate
    /// The timecode of its first frame, as its tags have it; nil for none.
    public var timecode: String?
    /// Width as coded, in pixels.
    public var width: Int
    /// Height as coded, in pixels.
    public var height: Int
    /// A pixel's width by its height.
    public var pixelAspect = Rational(1, 1)
    /// Degrees clockwise players turn it for showing.
    public var rotation = 0
    /// Channels of its audio; 0 for none.
    public var channels = 0
    /// Samples of its audio a second; 0 for none.
    public var sampleRate = 0

    /// Makes a description of a video with square pixels and no audio; set what differs.
    public init(path: FilePath, name: FilePath, duration: MediaTime, rate: EditRate, width: Int, height: Int) {
        self.path = path
        self.name = name
        self.duration = duration
        self.rate = rate
        self.width = width
        self.height = height
    }

    /// The name for people.
    var title: String { Escaping.line(name.text) }

    /// The file's address: every byte beside letters, digits and "-._~/" as %XX (RFC 3986, RFC 8089).
    var url: String {
        let isWindows = path.bytes.contains(UInt8(ascii: "\\"))
        let bytes = isWindows ? path.bytes.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } : path.bytes
        var text = ""
        for (index, byte) in bytes.enumerated() {
            let isDrive = isWindows && index == 1 && byte == UInt8(ascii: ":")
            let isPlain = Self.isPlain(byte) || isDrive
            text += isPlain ? String(UnicodeScalar(byte)) : "%" + Self.hexadecimal(byte)
        }
        // "//server/share/…" has an authority of its own; "Z:/…" needs the slash that a path of Unix brings.
        if isWindows { return text.hasPrefix("//") ? "file:" + text : "file:///" + text }
        return "file://" + text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~/".utf8.contains(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
