//! What code names: every path in it, also in what is handed to macros.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item, Stmt, UseTree};

/// A path of code, one word each.
pub type Path = Vec<String>;

/// Collects what one module's code names.
#[derive(Default)]
pub struct Names {
    found: BTreeSet<Path>,
    /// Variables and arguments: such a word alone is no name of anything elsewhere.
    bound: BTreeSet<String>,
    /// `use` within functions.
    pub uses: Vec<UseTree>,
}

impl Names {
    /// The paths that were named.
    pub fn paths(self) -> impl Iterator<Item = Path> {
        let Self { found, bound, .. } = self;
        found.into_iter().filter(move |path| path.len() > 1 || path.first().is_some_and(|word| !bound.contains(word)))
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                // A field, a method or a lifetime is no name.
                TokenTree::Punct(punct) if matches!(punct.as_char(), '.' | '\'') => {
                    at += usize::from(matches!(tokens.get(at), Some(TokenTree::Ident(_))));
                }
                TokenTree::Ident(ident) => {
                    let mut path = vec![word(ident)];
                    while let Some(next) = after_colons(&tokens[at..]) {
                        path.push(next);
                        at += 3;
                    }
                    let called = matches!(tokens.get(at), Some(TokenTree::Group(group))
                        if group.delimiter() == Delimiter::Parenthesis);
                    // A lower-case word alone may be a variable or an option of the macro.
                    if path.len() > 1 || called || path[0].starts_with(char::is_uppercase) {
                        self.found.insert(path);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The word after `::`.
fn after_colons(tokens: &[TokenTree]) -> Option<String> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(next), ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(word(next))
        }
        _ => None,
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        // `::name` begins outside of this crate.
        if path.leading_colon.is_none() {
            self.found.insert(path.segments.iter().map(|segment| word(&segment.ident)).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    fn visit_pat_ident(&mut self, variable: &'ast syn::PatIdent) {
        self.bound.insert(word(&variable.ident));
        visit::visit_pat_ident(self, variable);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.uses.push(item.tree.clone());
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {
        // `pub(super)` says who may use something and uses nothing.
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        // Derives and the like; what they hold is read for names as a macro's is.
        if let syn::Meta::List(list) = &attribute.meta {
            self.visit_path(&list.path);
            self.tokens(list.tokens.clone());
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Const(item) => &item.attrs,
            ImplItem::Fn(item) => &item.attrs,
            ImplItem::Type(item) => &item.attrs,
            _ => return visit::visit_impl_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Item(item) = statement
            && is_for_tests(attributes(item))
        {
            return;
        }
        visit::visit_stmt(self, statement);
    }
}

/// What a module declares by an item.
pub fn declared(item: &Item) -> Option<String> {
    Some(word(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    }))
}

/// The attributes of an item.
pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// An identifier without the `r#` before a keyword.
pub fn word(ident: &proc_macro2::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

/// Whether something is there in tests only: `#[cfg(test)]`, `#[cfg(all(test, …))]`.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        let mut test = false;
        // What can't be read as a condition is none that asks for tests.
        let _unread = attribute.parse_nested_meta(|meta| {
            test |= meta.path.is_ident("test");
            if meta.path.is_ident("all") {
                meta.parse_nested_meta(|meta| {
                    test |= meta.path.is_ident("test");
                    skip(&meta)
                })
            } else {
                skip(&meta)
            }
        });
        test
    })
}

/// Passes over what belongs to a condition: `= "linux"`, or `(…)`.
fn skip(meta: &syn::meta::ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(syn::Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in meta.input);
        inside.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}
