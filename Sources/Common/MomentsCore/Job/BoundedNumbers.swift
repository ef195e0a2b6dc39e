extension KeyedDecodingContainer {
    /// Reads a number that must lie in a range, so that whatever is calculated with it cannot overflow.
    func number<Number: Decodable & Comparable>(forKey key: Key, in range: ClosedRange<Number>) throws -> Number {
        let number = try decode(Number.self, forKey: key)
        guard range.contains(number) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "it is not from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }
}
