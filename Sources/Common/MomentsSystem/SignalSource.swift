internal import CLinux
internal import Glibc
internal import MomentsCore

/// Signals as things to be read, instead of interruptions.
public final class SignalSource: Sendable {
    private let descriptor: Descriptor
    private let source: ReadSource

    /// Begins to listen; from now on these signals no longer end the process.
    ///
    /// Call it before the process has other threads: those it starts later leave the signals alone too.
    ///
    /// - Parameters:
    ///   - signals: The signals' numbers.
    ///   - queue: Where the handler runs.
    ///   - handler: Called with each signal's number.
    /// - Throws: `SystemError` when the kernel gives no descriptor.
    public init(
        _ signals: [CInt],
        on queue: SerialQueue,
        handler: @escaping @Sendable (CInt) -> Void
    ) throws(SystemError) {
        let number = moments_take_signals(signals, CInt(signals.count))
        guard number >= 0 else { throw .last("listen", "to signals") }
        descriptor = Descriptor(taking: number)
        source = ReadSource(number, on: queue) {
            while true {
                let signal = moments_next_signal(number)
                if signal == 0 { return }
                handler(signal)
            }
        }
    }
}
