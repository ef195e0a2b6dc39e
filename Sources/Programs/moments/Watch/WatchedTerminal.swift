internal import Glibc

/// A terminal that shows one picture after the other, and afterwards is as it was before.
final class WatchedTerminal {
    private var before = termios()
    private let hasKeys: Bool

    /// Takes the terminal: its other screen, no cursor, no echo of keys.
    init() {
        hasKeys = tcgetattr(STDIN_FILENO, &before) == 0
        if hasKeys {
            var quiet = before
            quiet.c_lflag &= ~tcflag_t(ECHO | ICANON)
            tcsetattr(STDIN_FILENO, TCSANOW, &quiet)
        }
        Output.bytes("\u{1b}[?1049h\u{1b}[?25l".utf8)
    }

    /// Gives it back.
    func restore() {
        Output.bytes("\u{1b}[?25h\u{1b}[?1049l".utf8)
        if hasKeys { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    }

    /// Its width and height; 80 by 24 where it does not tell.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 && size.ws_row > 0
        return isKnown ? (Int(size.ws_col), Int(size.ws_row)) : (80, 24)
    }

    /// Shows lines in place of those before: in one piece and without clearing first, so that nothing flickers.
    func show(_ lines: [WatchScreen.Line]) {
        let drawn = lines.map { line in line.tone.map { Paint.text(line.text, $0) } ?? line.text }
        // Each line up to its end, then everything below the last.
        Output.bytes(("\u{1b}[H" + drawn.joined(separator: "\u{1b}[K\r\n") + "\u{1b}[K\u{1b}[J").utf8)
    }

    /// Waits for the next picture's time.
    ///
    /// - Parameters:
    ///   - milliseconds: How long at most.
    ///   - descriptor: Ends the waiting where it becomes readable.
    /// - Returns: Whether the person pressed q.
    func wait(_ milliseconds: Int32, or descriptor: CInt) -> Bool {
        var polls = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasKeys ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&polls, 2, milliseconds) > 0, polls[1].revents != 0 else { return false }
        var key: UInt8 = 0
        return read(STDIN_FILENO, &key, 1) <= 0 || key == UInt8(ascii: "q")
    }
}
