internal import MomentsAnalysis
internal import MomentsCore

/// Tells chapters that somebody set as marks from those that are a table of contents.
enum ChapterMarks {
    /// Seconds that a chapter and a cut may be apart where it begins with it.
    private static let reach = 0.5
    /// Seconds shown of a chapter that begins with a cut.
    private static let opening = Marked.before + Marked.behind

    /// The marks that say where something happened.
    ///
    /// - Parameters:
    ///   - marks: All there are.
    ///   - scenes: The video's scenes.
    /// - Returns: All but chapters of a film; of a chapter that begins with a cut its first seconds count, since what lies
    ///   before it is something else.
    static func moments(_ marks: [Mark], _ scenes: [Scene]) -> [Mark] {
        let cuts = scenes.dropFirst().map(\.start.seconds)
        func beginsWithCut(_ mark: Mark) -> Bool {
            mark.kind == .chapter && cuts.contains { abs($0 - mark.start) <= reach }
        }
        let chapters = marks.count { $0.kind == .chapter }
        let withCut = marks.count(where: beginsWithCut)
        let isFilm = chapters >= 3 && withCut * 3 >= chapters * 2
        return marks.compactMap { mark in
            if mark.kind == .chapter, isFilm { return nil }
            guard beginsWithCut(mark) else { return mark }
            return Mark(.chapter, at: mark.start, end: mark.start + opening, title: mark.title)
        }
    }
}
