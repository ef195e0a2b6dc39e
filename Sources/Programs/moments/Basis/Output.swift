internal import FoundationEssentials
internal import Glibc
internal import MomentsCore

/// What the program says, to people and to programs.
enum Output {
    /// Whether the standard error is a terminal, on which a line can be drawn again.
    static let isTerminal = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"

    /// A line on the standard output.
    static func line(_ text: String) { write(Array(text.utf8) + [0x0a], to: STDOUT_FILENO) }

    /// A document on the standard output, as JSON.
    ///
    /// - Returns: The exit status of a command that has done what it should.
    static func document(_ value: some Encodable) throws(Failure) -> Int32 {
        do { bytes(try MomentsJSON.document(value)) } catch { throw Failure("\(error)") }
        return 0
    }

    /// Bytes on the standard output, as they are.
    static func bytes(_ bytes: some Collection<UInt8>) { write(Array(bytes), to: STDOUT_FILENO) }

    /// A line on the standard error.
    static func complain(_ text: String) { write(Array(text.utf8) + [0x0a], to: STDERR_FILENO) }

    /// Text on the standard error without a line break.
    static func draw(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

    /// The terminal's width in columns; 80 where it cannot be told.
    static var columns: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) {
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if wrote < 0 && errno == EINTR { continue }
            // Whoever read has gone ("moments jobs | head"): there is nobody left to say anything to.
            guard wrote > 0 else { exit(descriptor == STDOUT_FILENO ? 1 : 0) }
            done += wrote
        }
    }
}
