internal import CLibAV
internal import MomentsMedia

/// A packet of encoded audio, with its times on the encoder's clock.
///
/// Handed from one thread to another, never used on two at once.
public final class EncodedAudio: @unchecked Sendable {
    // Unchecked: who makes one writes its packet, gives it away by `Prefetcher`, whose lock orders the two threads, and keeps none.
    let packet: Packet

    init() throws { packet = try Packet() }
}
