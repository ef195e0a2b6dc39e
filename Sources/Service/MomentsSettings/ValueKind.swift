internal import MomentsCore

/// A kind of value a key can have: how it is read, and what to tell someone whose value is not of that kind.
struct ValueKind<Value>: Sendable {
    /// What is allowed, as the end of a sentence "allowed is …".
    let allowed: String
    /// Reads the bytes of a value; nil where it is not allowed.
    let read: @Sendable ([UInt8]) -> Value?

    /// The same kind from text, which must be UTF-8.
    static func text(_ allowed: String, _ read: @escaping @Sendable (String) -> Value?) -> ValueKind {
        ValueKind(allowed: allowed) { String(validating: $0, as: UTF8.self).flatMap(read) }
    }

    /// The kind for a field that may be without a value.
    var orNothing: ValueKind<Value?> {
        let read = self.read
        return ValueKind<Value?>(allowed: allowed) { bytes in read(bytes).map { .some($0) } }
    }
}

extension ValueKind where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the names of an enumeration.
    static var choice: ValueKind {
        text("one of " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}

extension ValueKind where Value == Double {
    /// A time between two bounds, in seconds; "infinity", where it is allowed, is the upper bound.
    static func time(_ range: ClosedRange<Double>, _ words: String, infinity: Bool = false) -> ValueKind {
        text("a time \(words), such as 90s, 10min or 1h 30min" + (infinity ? ", or infinity" : "")) { text in
            if infinity && text == "infinity" { return range.upperBound }
            return Units.seconds(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueKind where Value == Double {
    /// A plain number between two bounds, with or without its unit.
    static func number(_ range: ClosedRange<Double>, _ allowed: String, unit: String? = nil) -> ValueKind {
        text(allowed) { text in
            var number = text[...]
            if let unit, text.hasSuffix(unit) {
                number = number.dropLast(unit.count)
                while number.last == " " { number.removeLast() }
            }
            return Units.number(number).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueKind where Value == Duration {
    /// A time between two bounds, given in seconds.
    static func duration(_ range: ClosedRange<Double>, _ words: String) -> ValueKind {
        let time = ValueKind<Double>.time(range, words)
        return ValueKind(allowed: time.allowed) { bytes in time.read(bytes).map { .seconds($0) } }
    }
}

extension ValueKind where Value == Int64 {
    /// A size in bytes from `least` up; "infinity" is the largest number there is.
    static func size(from least: Int64, _ words: String) -> ValueKind {
        text("a size \(words), such as 500M or 5G, or infinity") { text in
            if text == "infinity" { return .max }
            return Units.bytes(text).flatMap { $0 >= least ? $0 : nil }
        }
    }
}

extension ValueKind where Value == Int {
    /// A whole number between two bounds.
    static func count(_ range: ClosedRange<Int>) -> ValueKind {
        text("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text).flatMap { range.contains($0) ? $0 : nil } : nil
        }
    }
}

extension ValueKind where Value == UInt32 {
    /// Permissions of a file in octal.
    static var mode: ValueKind {
        text("permissions in octal from 0000 to 0777, such as 0660") { text in
            guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...55).contains($0) }) else {
                return nil
            }
            return UInt32(text, radix: 8).flatMap { $0 <= 0o777 ? $0 : nil }
        }
    }
}

extension ValueKind where Value == FilePath {
    /// An absolute path of any bytes, without "..".
    static func path(longest: Int = 4000, _ words: String = "an absolute path without '..'") -> ValueKind {
        ValueKind(allowed: words) { bytes in
            let path = FilePath(bytes: bytes)
            guard path.isAbsolute, bytes.count <= longest, !path.components.contains("..") else { return nil }
            // Without doubled and trailing slashes, so that paths compare by their bytes.
            return path.components.reduce("/") { $0.appending($1) }
        }
    }
}

extension ValueKind where Value == [String] {
    /// Words as a shell splits them.
    static func words(_ allowed: String) -> ValueKind {
        text(allowed) { text in Units.words(text).flatMap { $0.contains("") ? nil : $0 } }
    }
}

extension ValueKind where Value == [ReelAspect] {
    /// Shapes of a reel.
    static var aspects: ValueKind { text(ReelAspect.allowed) { ReelAspect.list($0) } }
}

extension ValueKind where Value == Bool {
    static var onOff: ValueKind { text("on or off") { Units.onOff($0) } }
}

extension ValueKind where Value == Double? {
    /// A loudness in LUFS, or off.
    static var loudness: ValueKind {
        text("a loudness from -70 to -5 in LUFS, such as -16, or off") { text in
            if Units.onOff(text) == false { return .some(nil) }
            var number = text.hasSuffix("LUFS") ? text.dropLast(4) : text[...]
            while number.last == " " { number.removeLast() }
            guard number.first == "-", let level = Units.number(number.dropFirst()), (5...70).contains(level) else {
                return nil
            }
            return .some(-level)
        }
    }
}
