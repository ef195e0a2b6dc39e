internal import MomentsCore

/// A card's text as a script for libass (Advanced SubStation Alpha), safe whatever the text is.
struct CardScript {
    /// The script's bytes.
    let text: String

    /// Writes a script.
    ///
    /// - Parameters:
    ///   - card: The card.
    ///   - width: The frame's width as shown.
    ///   - height: Its height.
    ///   - white: The value of white, from 0 to 255.
    init(_ card: ReelCard, width: Int, height: Int, white: Int) {
        // As large as fits: lines of some 24 letters, and all of them in three quarters of the height.
        var size = min(Double(height) / 9, Double(width) / 15)
        var lines = Self.wrapped(Escaping.line(card.title), to: 24)
        for columns in [32, 44, 60] where Double(lines.count) * size * 1.2 > 0.6 * Double(height) {
            size = Double(width) / Double(columns) * 1.6
            lines = Self.wrapped(Escaping.line(card.title), to: columns)
        }
        size = min(size, 0.6 * Double(height) / Double(max(1, lines.count)) / 1.2)
        let detail = Self.wrapped(Escaping.line(card.detail), to: 40)
        let small = size * 0.55
        var words = lines.map(Self.escaped).joined(separator: "\\N")
        if !card.detail.isEmpty {
            words += "\\N{\\fs\(Int(small))}\\N" + detail.map(Self.escaped).joined(separator: "\\N")
        }
        let hex = String(white, radix: 16).uppercased()
        let color = "&H00\(hex)\(hex)\(hex)"
        let end = Int((card.duration.seconds * 100).rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let until = "0:\(two(end / 6000)):\(two(end / 100 % 60)).\(two(end % 100))"
        text = """
            [Script Info]
            ScriptType: v4.00+
            PlayResX: \(width)
            PlayResY: \(height)
            WrapStyle: 2

            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, BorderStyle, Outline, Shadow, Alignment, Encoding
            Style: Card,Sans,\(Int(max(4, size))),\(color),1,0,0,5,-1

            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
            Dialogue: 0,0:00:00.00,\(until),Card,,0,0,0,,{\\fad(300,300)}\(words)

            """
    }

    /// Text in which nothing is a command: braces are escaped, and a backslash is kept apart from what follows.
    private static func escaped(_ line: String) -> String {
        line.replacing("\\", with: "\\\u{2060}").replacing("{", with: "\\{").replacing("}", with: "\\}")
    }

    /// Lines of at most so many columns, broken at spaces, or inside words that are longer.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var (lines, line, used) = ([String](), "", 0)
        func width(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + Self.width(of: $1) } }
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            let needed = width(word)
            if used > 0, used + 1 + needed <= columns {
                line += " " + word
                used += 1 + needed
                continue
            }
            if used > 0 { lines.append(line) }
            (line, used) = ("", 0)
            for letter in word {
                if used + Self.width(of: letter) > columns {
                    lines.append(line)
                    (line, used) = ("", 0)
                }
                line.append(letter)
                used += Self.width(of: letter)
            }
        }
        if used > 0 { lines.append(line) }
        return lines
    }

    /// Letters of East Asian scripts, and pictures, take two columns.
    private static func width(of letter: Character) -> Int {
        letter.unicodeScalars.first.map { $0.value >= 0x1100 ? 2 : 1 } ?? 1
    }
}
