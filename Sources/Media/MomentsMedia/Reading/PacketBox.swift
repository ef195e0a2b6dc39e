/// Lets a class keep a noncopyable packet and lend it.
package final class PacketBox {
    /// What is kept.
    package let value: Packet

    /// Makes an empty one; throws `MediaError` without memory.
    package init() throws { value = try Packet() }
}
