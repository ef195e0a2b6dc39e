internal import MomentsCore
internal import MomentsEncoding

/// Writes times and numbers into small pictures, in digits of five by seven dots.
enum TimeStamp {
    /// The dots of each digit and the colon, row by row, the highest bit leftmost.
    private static let dots: [Character: [UInt8]] = [
        "0": [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
        "1": [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        "2": [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
        "3": [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
        "4": [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
        "5": [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
        "6": [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
        "7": [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
        "8": [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
        "9": [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
        ":": [0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000],
    ]

    /// Writes HH:MM:SS, or MM:SS, into the lower right corner, on black.
    ///
    /// - Parameters:
    ///   - seconds: The time.
    ///   - hasHours: Whether the hours are written too.
    ///   - picture: The picture; in one too small for it nothing is written.
    ///   - white: The brightness of the digits.
    static func draw(_ seconds: Double, hasHours: Bool, into picture: inout StillImage, white: UInt8) {
        let text = Array(ClockText.hoursMinutesSeconds(seconds.rounded(.down))).dropFirst(hasHours ? 0 : 3)
        // A tenth of the picture's height, but less than half its width: on upright ones that is the narrower.
        let columns = text.count * 6 + 1
        let dot = max(1, min(picture.height / 90, picture.width * 9 / 20 / columns))
        let (width, height) = (columns * dot, 9 * dot)
        guard width <= picture.width, height <= picture.height else { return }
        let (left, top) = ((picture.width - width) / 2 * 2, (picture.height - height) / 2 * 2)
        picture.fill(x: left..<picture.width, y: top..<picture.height, grey: 16)
        write(text, into: &picture, x: left + dot, y: top + dot, dot: dot, white: white)
    }

    /// Writes digits and colons onto what is there.
    ///
    /// - Parameters:
    ///   - text: What to write.
    ///   - picture: The picture; what lies outside of it is left out.
    ///   - x: Where the text begins.
    ///   - y: Its upper edge.
    ///   - dot: The side of a dot, in pixels; a character is five dots wide and seven high, the next one six dots on.
    ///   - white: The brightness of the dots.
    static func write(
        _ text: some Sequence<Character>,
        into picture: inout StillImage,
        x: Int,
        y: Int,
        dot: Int,
        white: UInt8
    ) {
        for (place, character) in text.enumerated() {
            for (row, bits) in (dots[character] ?? []).enumerated() {
                for column in 0..<5 where bits >> (4 - column) & 1 == 1 {
                    let (left, top) = (x + (place * 6 + column) * dot, y + row * dot)
                    picture.fill(x: left..<left + dot, y: top..<top + dot, grey: white)
                }
            }
        }
    }
}
