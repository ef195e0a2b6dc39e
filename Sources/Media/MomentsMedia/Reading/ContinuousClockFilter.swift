internal import MomentsCore

/// Makes a file's clock run on where it jumps: glued or restarted transport streams.
///
/// Where a packet's decoding time differs by more than ten seconds from what its stream's last one promised, the whole
/// file's clock is moved by that difference. Containers whose clock cannot jump are left alone, so that a real gap of
/// any length stays one.
struct ContinuousClockFilter {
    private let bases: [Rational]
    private let isActive: Bool
    /// What is added to the file's clock at present, in microseconds.
    private var offset: Int64 = 0
    /// When each stream's next packet is due, in microseconds.
    private var due: [Int64?]
    private(set) var hasJumped = false

    private static let threshold: Int64 = 10_000_000
    private static let microseconds = Rational(1, 1_000_000)

    init(bases: [Rational], isActive: Bool) {
        self.bases = bases
        self.isActive = isActive
        self.due = Array(repeating: nil, count: bases.count)
    }

    /// Forgets what was promised: after a seek any time is right.
    mutating func restart() {
        for index in due.indices { due[index] = nil }
    }

    mutating func apply(to packet: borrowing Packet) {
        let stream = packet.streamIndex
        guard isActive, bases.indices.contains(stream), bases[stream].isPositive else { return }
        guard let clock = packet.dts ?? packet.pts else { return }
        let base = bases[stream]
        let time = MediaTime(timestamp: clock, base: base).timestamp(in: Self.microseconds)
        if let expected = due[stream] {
            let error = time &+ offset &- expected
            if error.magnitude > Self.threshold.magnitude {
                offset = offset &- error
                hasJumped = true
            }
        }
        let length = MediaTime(timestamp: packet.duration, base: base).timestamp(in: Self.microseconds)
        due[stream] = time &+ offset &+ length
        if offset != 0 {
            packet.shift(by: MediaTime(ticks: offset, timescale: 1_000_000).timestamp(in: base))
        }
    }
}
