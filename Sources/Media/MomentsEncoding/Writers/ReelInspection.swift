internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// What a finished reel's packets say, without decoding any.
public struct ReelInspection: Sendable {
    /// The frames in coded order; which of them are copied is not known any more.
    public let samples: [ReelSample]
    /// Whether every frame is decoded after the one before it, and none later than it is shown.
    public let isInOrder: Bool
    /// Whether all parameter sets stand in the headers, each number once.
    public let hasValidHeaders: Bool

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - source: The reel, as the probe found it.
    ///   - interrupt: Stops the work.
    /// - Throws: `MediaError` where it cannot be read.
    public init(_ source: MediaSource, interrupt: Interrupt) throws {
        let input = try Input(source.files, known: source.parameters, interrupt: interrupt)
        input.want(only: [source.video.index])
        let packet = try Packet()
        let syntax = BitstreamSyntax(codec: source.video.codec).flatMap { $0.hasParameterSets ? $0 : nil }
        let headers = Self.headers(input, source.video.index)
        let record = syntax.flatMap { CodecRecord(headers, $0) }
        var isValid = syntax == nil || record.map { Self.isValid($0, syntax) } == true
        var (samples, isRising, last) = ([ReelSample](), true, Int64.min)
        while try input.read(into: packet) {
            guard packet.streamIndex == source.video.index, let shown = packet.pts else { continue }
            let dts = packet.dts ?? shown
            if dts <= last || dts > shown { isRising = false }
            last = dts
            let framing = record?.framing ?? .whole
            samples.append(
                ReelSample(shown: shown, checksum: framing.checksum(of: packet.bytes), isCopied: false)
            )
            if let syntax, isValid { isValid = !Self.holdsParameters(packet, framing, syntax) }
        }
        (self.samples, isInOrder, hasValidHeaders) = (samples, isRising, isValid)
    }

    private static func headers(_ input: Input, _ stream: Int) -> [UInt8] {
        guard let parameters = input.context.pointee.streams[stream]?.pointee.codecpar.pointee,
            let bytes = parameters.extradata
        else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(parameters.extradata_size)))
    }

    private static func isValid(_ record: CodecRecord, _ syntax: BitstreamSyntax?) -> Bool {
        guard let syntax else { return true }
        var sets = ParameterSets()
        for unit in record.units {
            let isNew = unit.withUnsafeBufferPointer { bytes in
                guard case .parameters(let kind, let number) = syntax.role(of: bytes) else { return true }
                return sets.add(bytes, kind, number: number)
            }
            if !isNew { return false }
        }
        return sets.isComplete
    }

    private static func holdsParameters(
        _ packet: borrowing Packet,
        _ framing: NALUnitFraming,
        _ syntax: BitstreamSyntax
    ) -> Bool {
        var isFound = false
        do {
            try framing.forEachNALUnit(in: packet.bytes) { unit in
                if case .parameters = syntax.role(of: unit) { isFound = true }
            }
        } catch { return true }
        return isFound
    }
}
