internal import FoundationEssentials
internal import Glibc
internal import MomentsCore

/// Writes events to a pipe, a whole line at a time.
struct EventWriter {
    let descriptor: Int32
    /// Called when nobody reads any more.
    let abandoned: () -> Void

    init(descriptor: Int32, abandoned: @escaping () -> Void) {
        self.descriptor = descriptor
        self.abandoned = abandoned
    }

    func write(_ event: JobEvent) {
        guard let line = try? MomentsJSON.line(event) else { return }
        let bytes = Array(line)
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else { return abandoned() }
            done += wrote
        }
    }
}
