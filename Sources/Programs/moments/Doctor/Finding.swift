/// What `moments doctor` found out about one thing.
struct Finding: Sendable, Encodable {
    /// How bad it is.
    enum Level: String, Sendable, Encodable, CaseIterable {
        /// As it should be.
        case ok
        /// Good to know.
        case note
        /// Videos may be late, missed or lost to somebody's sight.
        case warning
        /// No video, or not every one, can be worked on.
        case fault
    }

    /// What was looked at, in one or two words.
    let check: String
    /// How bad it is.
    let level: Level
    /// One sentence for people.
    let text: String
    /// A command to paste that mends it; nil where there is none.
    let remedy: String?

    static func ok(_ check: String, _ text: String) -> Finding {
        Finding(check: check, level: .ok, text: text, remedy: nil)
    }

    static func note(_ check: String, _ text: String, _ remedy: String? = nil) -> Finding {
        Finding(check: check, level: .note, text: text, remedy: remedy)
    }

    static func warning(_ check: String, _ text: String, _ remedy: String? = nil) -> Finding {
        Finding(check: check, level: .warning, text: text, remedy: remedy)
    }

    static func fault(_ check: String, _ text: String, _ remedy: String? = nil) -> Finding {
        Finding(check: check, level: .fault, text: text, remedy: remedy)
    }
}
