/// Leads from the thread that hears something to whoever is interested, who is made after it.
// Unchecked: `owner` is set once, before anything is heard.
final class EventRelay<Owner: AnyObject>: @unchecked Sendable {
    weak var owner: Owner?
}
