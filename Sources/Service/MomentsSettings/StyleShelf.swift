public import MomentsCore

/// The styles there are: those that are built in, and over them the files of packages and of the administrator.
public struct StyleShelf: Sendable, Hashable {
    /// Where packages put styles.
    public static let folder: FilePath = "/usr/share/momentsd/styles"

    /// The styles, ordered by the bytes of their names.
    public private(set) var entries: [StyleEntry]
    /// What keeps some of them from being used.
    public private(set) var mistakes: [SettingsError] = []

    /// Begins with those that are built in.
    public init() {
        entries = ClipFlavour.allCases.map(\.style).map {
            StyleEntry(name: $0.name, file: nil, style: $0, trouble: nil)
        }
        sort()
    }

    /// Takes a file in; it stands for one of the same name that was there.
    ///
    /// - Returns: Notes on what in it is ignored.
    mutating func take(_ file: FilePath) -> [String] {
        let bytes = file.name.bytes.dropLast(5)
        guard let text = String(validating: bytes, as: UTF8.self), let name = StyleName(rawValue: text) else {
            return ["\(file.display): the name is no name for a style, the file is ignored"]
        }
        let read = StyleFile(file, name: name)
        entries.removeAll { $0.name == name }
        entries.append(StyleEntry(name: name, file: file, style: read.style, trouble: read.mistakes.first?.description))
        mistakes += read.mistakes
        sort()
        return read.notes
    }

    /// The one of that name, usable or not; nil where there is none.
    public func find(_ name: StyleName) -> StyleEntry? { entries.first { $0.name == name } }

    /// The names there are, for a sentence.
    var names: String { entries.map { Escaping.line($0.name.rawValue) }.joined(separator: ", ") }

    private mutating func sort() {
        entries.sort { $0.name.rawValue.utf8.lexicographicallyPrecedes($1.name.rawValue.utf8) }
    }
}
