internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// Hands a reel's coded frames to its file and keeps account of them.
///
/// Used on one thread.
final class FrameLedger {
    /// Every frame so far, in coded order.
    private(set) var samples: [ReelSample] = []
    private let output: Output
    private let framing: NALUnitFraming
    /// The last packet, not written yet: the file's end hangs on how long it says it lasts.
    private let held: PacketBox
    private var isHolding = false
    private var firstDTS: Int64?

    /// Makes a ledger of packets that are framed like this.
    init(_ output: Output, _ framing: NALUnitFraming) throws {
        (self.output, self.framing) = (output, framing)
        held = try PacketBox()
    }

    /// Takes a packet, times on the reel's clock; it is empty afterwards.
    func write(_ packet: borrowing Packet, isCopied: Bool) throws {
        samples.append(
            ReelSample(
                shown: packet.pts ?? 0,
                checksum: framing.checksum(of: packet.bytes),
                isCopied: isCopied
            )
        )
        if isHolding { try output.write(held.value, isVideo: true) }
        firstDTS = firstDTS ?? packet.dts
        av_packet_move_ref(held.value.raw, packet.raw)
        isHolding = true
    }

    /// Writes what is held; an MP4 counts a track's length in coded order, where the last packet is not the last shown.
    ///
    /// - Parameter end: When the last frame has been shown, in ticks.
    /// - Throws: `MediaError`.
    func finish(at end: Int64) throws {
        guard isHolding else { return }
        isHolding = false
        if let first = firstDTS, let last = held.value.dts, end + first > last {
            held.value.raw.pointee.duration = end + first - last
        }
        try output.write(held.value, isVideo: true)
    }
}

extension NALUnitFraming {
    /// A checksum (CRC-32) of a packet's units; 0 for a packet that is broken.
    func checksum(of packet: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let table = av_crc_get_table(AV_CRC_32_IEEE_LE)
        var value = UInt32.max
        do {
            try forEachNALUnit(in: packet) { unit in
                value = av_crc(table, value, unit.baseAddress, unit.count)
            }
        } catch { return 0 }
        return value
    }
}
