extension String {
    /// The beginning of a text that takes at most so many bytes as UTF-8, never half a code.
    ///
    /// Characters are no measure: one letter can carry any number of accents.
    public func cut(toBytes most: Int) -> String {
        guard utf8.count > most else { return self }
        var end = utf8.index(startIndex, offsetBy: max(0, most))
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
