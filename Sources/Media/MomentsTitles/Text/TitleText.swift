/// Text that strangers wrote, made fit for being painted: bounded, and without what only disturbs.
public struct TitleText: Hashable, Sendable {
    /// What is left of it; words are parted by single blanks.
    public let text: String

    /// The most scalars of a text that are looked at and painted.
    public static let longest = 600
    /// The most marks above and below one letter: more than any language writes.
    private static let mostMarks = 5
    /// The most scalars of one emoji, as a family of four with skin tones or a flag has.
    private static let mostJoined = 12

    /// Cleans a text; of one of any length only the start is looked at.
    ///
    /// Control characters and overrides of direction are left out, line breaks become blanks, and of marks piled on one
    /// letter only as many stay as a language needs. What joins letters and emoji stays.
    public init(_ text: String, longest: Int = TitleText.longest) {
        var (clean, isBlank, marks, joined, count) = (String.UnicodeScalarView(), true, 0, 0, 0)
        // What is left out counts too, so that a megabyte of it costs no more than the rest.
        for scalar in text.unicodeScalars.prefix(8 * longest) where count < longest {
            switch Self.kind(of: scalar) {
            case .nothing: continue
            case .blank:
                if isBlank { continue }
                (isBlank, marks, joined) = (true, 0, 0)
                clean.append(" ")
                count += 1
                continue
            case .mark:
                marks += 1
                // A mark needs a letter to stand on.
                if isBlank || marks > Self.mostMarks { continue }
            case .joiner:
                joined += 1
                if isBlank || joined > Self.mostJoined { continue }
            case .letter:
                (isBlank, marks) = (false, 0)
                if clean.last != Self.zeroWidthJoiner { joined = 0 }
            }
            clean.append(scalar)
            count += 1
        }
        while let last = clean.last, last == " " || last == Self.zeroWidthJoiner { clean.removeLast() }
        self.text = String(clean)
    }

    /// Whether nothing is left.
    public var isEmpty: Bool { text.isEmpty }

    /// The same without some characters.
    func without(_ characters: Set<Unicode.Scalar>) -> TitleText {
        var left = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !characters.contains(scalar) { left.append(scalar) }
        return TitleText(String(left))
    }

    private enum Kind { case nothing, blank, mark, joiner, letter }

    private static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x200C, 0x200D: return .joiner
        // What flags of regions are spelled with, and what chooses between text and emoji.
        case 0xE0020...0xE007F: return .joiner
        case 0xFE00...0xFE0F: return .mark
        // Marks of direction that end with their letter; those that govern what follows do not stay.
        case 0x200E, 0x200F, 0x061C: return .joiner
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: .blank
        case .control: (9...13).contains(scalar.value) || scalar.value == 0x85 ? .blank : .nothing
        case .format, .surrogate, .unassigned: .nothing
        case .nonspacingMark, .enclosingMark: .mark
        default: .letter
        }
    }
}
