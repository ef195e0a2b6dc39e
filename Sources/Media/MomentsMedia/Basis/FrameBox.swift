/// Lets a class keep a noncopyable frame and lend it.
package final class FrameBox {
    /// What is kept.
    package let value: Frame

    /// Makes an empty one; throws `MediaError` without memory.
    package init() throws { value = try Frame() }
}
