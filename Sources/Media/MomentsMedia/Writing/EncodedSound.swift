internal import CLibAV

/// A packet of encoded sound, with its times on the encoder's clock.
///
/// Handed from one thread to another, never used on two at once.
public final class EncodedSound: @unchecked Sendable {
    let packet: Packet

    init() throws(MediaError) { packet = try Packet() }
}
