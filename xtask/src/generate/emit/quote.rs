//! `quote!`: Rust as it is to be written, with `#name` for a value that is [`ToTokens`], `#(#names)*`
//! for each of several, and `#(#names),*` with a token between them.
//!
//! [`ToTokens`]: super::to_tokens::ToTokens

/// Tokens of what stands in it.
macro_rules! quote {
    ($($token:tt)*) => {{
        #[allow(unused_mut)]
        let mut tokens = $crate::generate::emit::tokens::TokenStream::new();
        $crate::generate::emit::quote::add!(tokens [] $($token)*);
        tokens
    }};
}

/// Adds what follows the brackets, in which the words stand that were read and not added yet.
macro_rules! add {
    ($to:ident []) => {};
    ($to:ident [$($word:tt)+]) => { $to.words(&[$($word)+]); };

    ($to:ident [$($word:tt)*] #(#$items:ident)* $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)*]);
        $to.list_of($items, None);
        $crate::generate::emit::quote::add!($to [] $($rest)*);
    };
    ($to:ident [$($word:tt)*] #(#$items:ident) $between:tt * $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)*]);
        $to.list_of($items, Some(stringify!($between)));
        $crate::generate::emit::quote::add!($to [] $($rest)*);
    };
    ($to:ident [$($word:tt)*] #$value:ident $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)*]);
        $crate::generate::emit::to_tokens::ToTokens::to_tokens(&$value, &mut $to);
        $crate::generate::emit::quote::add!($to [] $($rest)*);
    };

    // The content of brackets comes before the rest, with a mark where they close.
    ($to:ident [$($word:tt)*] ($($inner:tt)*) $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* "(",] $($inner)* @round $($rest)*);
    };
    ($to:ident [$($word:tt)*] [$($inner:tt)*] $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* "[",] $($inner)* @square $($rest)*);
    };
    ($to:ident [$($word:tt)*] {$($inner:tt)*} $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* "{",] $($inner)* @curly $($rest)*);
    };
    ($to:ident [$($word:tt)*] @round $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* ")",] $($rest)*);
    };
    ($to:ident [$($word:tt)*] @square $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* "]",] $($rest)*);
    };
    ($to:ident [$($word:tt)*] @curly $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* "}",] $($rest)*);
    };

    ($to:ident [$($word:tt)*] $next:tt $($rest:tt)*) => {
        $crate::generate::emit::quote::add!($to [$($word)* stringify!($next),] $($rest)*);
    };
}

pub(super) use {add, quote};
