internal import Dispatch
internal import Glibc
internal import MomentsMedia

/// Stops the job on SIGTERM, SIGINT or when it is pressed; the process is gone within a second.
final class StopSwitch: Sendable {
    /// What the job's loops look at.
    let interrupt = Interrupt()
    private let queue = DispatchQueue(label: "momentsd.worker.stop", qos: .userInitiated)

    /// Asks the job to stop, and ends the process where a codec does not listen.
    func press() {
        guard !interrupt.isRequested else { return }
        interrupt.request()
        queue.asyncAfter(deadline: .now() + .milliseconds(700)) { _exit(143) }
    }

    /// Call it before any other thread is started, so that the signals reach only the one that waits for them.
    func watchSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        DispatchQueue(label: "momentsd.worker.signals").async { [self, signals] in
            var (signals, number) = (signals, CInt(0))
            sigwait(&signals, &number)
            press()
        }
    }
}
