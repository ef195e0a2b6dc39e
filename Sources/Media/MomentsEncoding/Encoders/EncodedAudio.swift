internal import CLibAV
internal import MomentsMedia

// Unchecked: who makes one gives it away by `Prefetcher`, whose lock orders the two threads, and keeps none.
/// A packet of encoded audio, with its times on the encoder's clock.
///
/// Handed from one thread to another, never used on two at once.
public final class EncodedAudio: @unchecked Sendable {
    // Unchecked: its packet is written before it is handed over, and only its one owner touches it then.
    let packet: Packet

    init() throws { packet = try Packet() }
}
