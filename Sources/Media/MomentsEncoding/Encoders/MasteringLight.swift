internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// What a file says of the light its HDR master was made for: the display (SMPTE ST 2086) and the brightest content
/// (CTA-861.3).
public struct MasteringLight: Sendable {
    private var display: AVMasteringDisplayMetadata?
    private var level: AVContentLightMetadata?

    /// Reads what stands in a container's headers, or else in the first frame's.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError` where the file cannot be read any more.
    public init(_ source: MediaSource, interrupt: Interrupt) throws {
        let input = try Input(source.path, interrupt: interrupt)
        guard let stream = input.context.pointee.streams[source.video.index] else {
            preconditionFailure("the stream was there when the file was opened")
        }
        self.init(UnsafePointer(stream))
        guard display == nil, level == nil else { return }
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: interrupt)
        guard case .video = try reader.next() else { return }
        self = reader.withFrame { MasteringLight($0) }
    }

    /// Reads what stands in a stream's headers.
    init(_ stream: UnsafePointer<AVStream>) {
        for index in 0..<Int(stream.pointee.nb_side_data) {
            let data = stream.pointee.side_data[index]
            guard let bytes = data.data else { continue }
            switch data.type {
            case AV_PKT_DATA_MASTERING_DISPLAY_METADATA: display = Self.value(bytes, data.size)
            case AV_PKT_DATA_CONTENT_LIGHT_LEVEL: level = Self.value(bytes, data.size)
            default: break
            }
        }
    }

    private init(_ frame: borrowing Frame) {
        func value<Value>(_ kind: AVFrameSideDataType) -> Value? {
            guard let data = av_frame_get_side_data(frame.raw, kind)?.pointee else { return nil }
            return data.data.flatMap { Self.value($0, data.size) }
        }
        display = value(AV_FRAME_DATA_MASTERING_DISPLAY_METADATA)
        level = value(AV_FRAME_DATA_CONTENT_LIGHT_LEVEL)
    }

    private static func value<Value>(_ bytes: UnsafeMutablePointer<UInt8>, _ size: Int) -> Value? {
        size >= MemoryLayout<Value>.size ? UnsafeRawPointer(bytes).loadUnaligned(as: Value.self) : nil
    }

    /// The same for a file's headers.
    var sideData: [(kind: AVPacketSideDataType, bytes: [UInt8])] {
        func bytes<Value>(_ value: Value) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
        return (display.map { [(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, bytes($0))] } ?? [])
            + (level.map { [(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, bytes($0))] } ?? [])
    }

    /// The same as parameters of x265; empty for nothing.
    var parameters: String {
        var text = ""
        text += displayParameters ?? ""
        if let level { text += ":max-cll=\(level.MaxCLL),\(level.MaxFALL)" }
        return text
    }

    /// The display's part; nil where there is none, or where what the file says of it cannot be.
    private var displayParameters: String? {
        guard let display, display.has_primaries != 0, display.has_luminance != 0 else { return nil }
        func steps(_ value: AVRational, upTo most: Double, _ scale: Double) -> Int? {
            guard value.den > 0 else { return nil }
            let number = av_q2d(value)
            return (0...most).contains(number) ? Int((number * scale).rounded()) : nil
        }
        func pair(_ x: AVRational, _ y: AVRational) -> String? {
            guard let x = steps(x, upTo: 1, 50_000), let y = steps(y, upTo: 1, 50_000) else { return nil }
            return "(\(x),\(y))"
        }
        let (red, green, blue) = display.display_primaries
        guard let red = pair(red.0, red.1), let green = pair(green.0, green.1), let blue = pair(blue.0, blue.1),
            let white = pair(display.white_point.0, display.white_point.1),
            let highest = steps(display.max_luminance, upTo: 100_000, 10_000),
            let lowest = steps(display.min_luminance, upTo: 100_000, 10_000)
        else { return nil }
        return ":master-display=G\(green)B\(blue)R\(red)WP\(white)L(\(highest),\(lowest))"
    }
}
