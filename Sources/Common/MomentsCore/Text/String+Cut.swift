extension String {
    /// The beginning of a text that takes at most so many bytes as UTF-8, never half a code.
    ///
    /// Characters are no measure: one letter can carry any number of accents.
    public func cut(toBytes most: Int) -> String {
        guard utf8.count > most else { return self }
        return String(decoding: Utf8Cut.prefix(of: Array(utf8), atMost: max(0, most)), as: UTF8.self)
    }
}
